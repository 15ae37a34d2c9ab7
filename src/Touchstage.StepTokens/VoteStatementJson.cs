using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using static Touchstage.StepTokens.VoteStatementNames;

namespace Touchstage.StepTokens;

/// <summary>Writes and strictly reads the payload of a vote statement.</summary>
internal static class VoteStatementJson
{
    /// <summary>Compact UTF-8 JSON with the members in a fixed order, so equal claims give equal bytes.</summary>
    public static byte[] Write(VoteStatement vote)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            // First, so that a statement does not begin like a token: whoever searches files for tokens can tell the two apart.
            json.WriteString(Approval, vote.Approval);
            json.WriteString(StepTokenNames.Issuer, vote.Issuer);
            json.WriteNumber(StepTokenNames.IssuedAt, vote.IssuedAt.ToUnixTimeSeconds());
            json.WriteString(StepTokenNames.Tenant, vote.Tenant);
            json.WriteNumber(Revision, vote.Revision);
            json.WriteString(RevisionDigest, vote.RevisionDigest);
            json.WriteString(VoteStatementNames.RequestDigest, vote.RequestDigest);
            json.WriteString(StepTokenNames.Subject, vote.Voter.ToString());
            json.WriteString(Decision, vote.Answer is VoteAnswer.Approve ? Approve : Reject);
            json.WriteString(Channel, vote.Channel);
            if (vote.Tag is { } tag)
            {
                json.WriteString(Tag, tag);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out VoteStatement? vote)
    {
        vote = StrictJson.Read(payload, Read);
        return vote is not null;
    }

    private static VoteStatement? Read(JsonElement root)
    {
        string? tag = null;
        if (root.TryGetProperty(Tag, out _) && !root.TryText(Tag, out tag))
        {
            return null;
        }

        return root.TryText(StepTokenNames.Issuer, out var issuer)
            && root.TryWhole(StepTokenNames.IssuedAt, 0, StrictJson.LastSecond, out var issuedAt)
            && root.TryText(StepTokenNames.Tenant, out var tenant)
            && root.TryText(Approval, out var approval)
            && root.TryWhole(Revision, 1, long.MaxValue, out var revision)
            && root.TryText(RevisionDigest, out var revisionDigest) && StepTokens.RequestDigest.IsDigest(revisionDigest)
            && root.TryText(VoteStatementNames.RequestDigest, out var requestDigest) && StepTokens.RequestDigest.IsDigest(requestDigest)
            && root.TryText(StepTokenNames.Subject, out var sub) && StepSubject.TryParse(sub, out var voter)
            // Invariant: the voter is the tenant's own, by both of the statement's spellings.
            && string.Equals(voter.Tenant, tenant, StringComparison.Ordinal)
            && root.TryText(Decision, out var decision) && ReadAnswer(decision) is { } answer
            && root.TryText(Channel, out var channel)
                ? new VoteStatement
                {
                    Issuer = issuer,
                    IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt),
                    Tenant = tenant,
                    Approval = approval,
                    Revision = revision,
                    RevisionDigest = revisionDigest,
                    RequestDigest = requestDigest,
                    Voter = voter,
                    Answer = answer,
                    Channel = channel,
                    Tag = tag,
                }
                : null;
    }

    private static VoteAnswer? ReadAnswer(string decision) => decision switch
    {
        Approve => VoteAnswer.Approve,
        Reject => VoteAnswer.Reject,
        _ => null,
    };
}
