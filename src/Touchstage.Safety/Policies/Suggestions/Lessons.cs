using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Collects what people decided in a period.</summary>
internal sealed class Lessons(IDecisionHistory history, IPeopleDecisions people)
{
    /// <summary>The lessons of these tenants, by tenant and in the order of its ledger. What cannot be opened teaches nothing.</summary>
    public async Task<IReadOnlyList<Lesson>> ReadAsync(IEnumerable<TenantId> tenants, DateTimeOffset from, CancellationToken cancellation)
    {
        var lessons = new List<Lesson>();
        foreach (var tenant in tenants)
        {
            var revisions = new Dictionary<string, List<RecordedCall>>(StringComparer.Ordinal);
            await foreach (var call in history.ReadAsync(tenant, cancellation))
            {
                if (call is not { Unreadable: null, Arguments: not null, Judged: not null } || call.At < from)
                {
                    continue;
                }

                if (call.Kind is RecordedCallKind.Permitted)
                {
                    lessons.Add(new(call, LessonKind.Permitted, []));
                }
                else if (call is { Kind: RecordedCallKind.Held or RecordedCallKind.Revised, ApprovalId: { } approval })
                {
                    (revisions.TryGetValue(approval, out var known) ? known : revisions[approval] = []).Add(call);
                }
            }

            foreach (var (approval, calls) in revisions.OrderBy(one => one.Value[0].Number))
            {
                if (await people.FindAsync(tenant, approval, cancellation) is { } decision)
                {
                    lessons.AddRange(Of(calls, decision));
                }
            }
        }

        return lessons;
    }

    // What a person changed is a no to what was asked, and the yes that follows is one to what they made of it.
    private static IEnumerable<Lesson> Of(List<RecordedCall> revisions, PeopleDecision decision)
    {
        var last = revisions.FindLast(call => call.Revision == decision.Revision);
        foreach (var earlier in revisions.Where(call => last is not null && call.Revision < decision.Revision && call.Arguments!.Text != last.Arguments!.Text))
        {
            yield return new(earlier, LessonKind.Changed, decision.Modifier is { } modifier ? [modifier] : []);
        }

        if (last is not null && (decision.IsApproved || decision.IsRejected))
        {
            yield return new(last, decision.IsApproved ? LessonKind.Approved : LessonKind.Rejected, decision.Deciders);
        }
    }
}
