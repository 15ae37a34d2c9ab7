using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>approval</c>: who decides on a blocked call, and what they may change.</summary>
internal sealed class ApprovalReader(ManifestSection root, ArgumentTable? arguments, RequestTemplate? request)
{
    private const int MostQuorum = 10;
    private const int DefaultMaxPending = 20;
    private static readonly TimeSpan DefaultExpires = TimeSpan.FromHours(24);

    /// <summary>The declaration and the summary; without a declaration, the summary of the title and the path.</summary>
    public (ApprovalDeclaration? Approval, SummaryTemplate Summary) Read(string title)
    {
        var standard = SummaryTemplate.Default(title, request?.ArgumentsInPath ?? []);
        if (root.Section("approval") is not { } approval)
        {
            return (null, standard);
        }

        approval.Require("approvers");
        var approvers = approval.Texts("approvers");
        if (approval.Has("approvers") && approvers.Count == 0)
        {
            approval.Report("approvers", "`approvers` names no role, so nobody could decide.", "write approvers: [support].");
        }

        var escalations = ReadEscalations(approval);
        var quorum = approval.Integer("quorum", 1, 1, MostQuorum);
        var expires = approval.Duration("expires", DefaultExpires, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        foreach (var late in escalations.Where(escalation => escalation.After >= expires))
        {
            approval.Report("escalate", $"An approval that expires after {ManifestDuration.Render(expires)} is never escalated after {ManifestDuration.Render(late.After)}.", "escalate sooner, or let it wait longer.");
        }

        var modify = ReadModify(approval);
        var summary = ReadSummary(approval) ?? standard;
        var confirm = approval.Word("confirm", "code", "code", "form", "inbox");
        var maxPending = approval.Integer("max_pending", DefaultMaxPending, 1, 1_000);
        approval.Done();
        return (new([.. approvers.Select(a => a.Text)], escalations, quorum, expires, modify, confirm, maxPending), summary);
    }

    private static ImmutableArray<EscalationDeclaration> ReadEscalations(ManifestSection approval)
    {
        var escalations = new List<EscalationDeclaration>();
        foreach (var (_, section) in approval.Sections("escalate"))
        {
            section.Require("after");
            section.Require("approvers");
            var roles = section.Texts("approvers");
            if (section.Has("approvers") && roles.Count == 0)
            {
                section.Report("approvers", "`approvers` names no role, so nobody would come in.", "write approvers: [managers].");
            }

            escalations.Add(new(section.Duration("after", DefaultExpires, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), [.. roles.Select(role => role.Text)]));
            section.Done();
        }

        return [.. escalations.OrderBy(escalation => escalation.After)];
    }

    private ImmutableArray<string> ReadModify(ManifestSection approval)
    {
        if (!approval.Has("modify"))
        {
            var fixedOnes = request?.ArgumentsInPath.ToHashSet(StringComparer.Ordinal) ?? [];
            return arguments is null ? [] : [.. arguments.Names.Where(n => !fixedOnes.Contains(n) && !arguments.IsSensitive(n))];
        }

        var modify = approval.Texts("modify");
        foreach (var (name, pointer) in modify.Where(m => arguments is not null && arguments.Knows([m.Text], approval.Document, m.Pointer)))
        {
            if (arguments!.IsSensitive(name))
            {
                approval.Document.Report(pointer, $"`{name}` is sensitive; a person who does not see it cannot change it.", "take it off the list.");
            }
        }

        return [.. modify.Select(m => m.Text).Order(StringComparer.Ordinal)];
    }

    private SummaryTemplate? ReadSummary(ManifestSection approval)
    {
        if (approval.Text("summary") is not { } text)
        {
            return null;
        }

        if (text.Contains('\n', StringComparison.Ordinal))
        {
            approval.Report("summary", "The summary has more than one line.", "write one line.");
        }

        if (ValueTemplate.Parse(text, out var complaint) is not { } template)
        {
            approval.Report("summary", $"In the summary, {complaint}", "write placeholders as {argument}.");
            return null;
        }

        if (arguments?.Knows(template.Arguments, approval.Document, approval.At("summary")) == true)
        {
            foreach (var name in template.Arguments.Where(arguments.IsSensitive))
            {
                approval.Report(
                    "summary", $"The summary names the sensitive argument `{name}`.", $"remove {{{name}}}: the summary stands in queues, logs and answers.");
            }
        }

        return new(template);
    }
}
