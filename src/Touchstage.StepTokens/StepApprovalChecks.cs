namespace Touchstage.StepTokens;

/// <summary>Holds the votes that a step token carries to that token. The token's own signature vouches for none of them: each stands on its own.</summary>
internal static class StepApprovalChecks
{
    /// <summary>Whether every statement is a signed yes to this very request, and they are exactly those of the people whom the token names.</summary>
    public static bool Hold(StepTokenClaims claims, StepTokenExpectations expected)
    {
        if (claims.Context.Approval is not { } approval)
        {
            return true;
        }

        var voters = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in approval.Statements)
        {
            // Invariant: one person's yes counts once, however often it is carried.
            if (!VoteStatementFormat.TryRead(statement, expected.Keys, out var vote) || !IsAYesToThis(vote, approval, claims) || !voters.Add(vote.Voter.ToString()))
            {
                return false;
            }
        }

        // Invariant: an approval without votes is none, so no statements at all never pass.
        return voters.Count > 0 && voters.Count == approval.ApprovedBy.Length && voters.SetEquals(approval.ApprovedBy);
    }

    private static bool IsAYesToThis(VoteStatement vote, StepApproval approval, StepTokenClaims claims) =>
        vote.Answer is VoteAnswer.Approve
        && Same(vote.Issuer, claims.Issuer)
        && Same(vote.Tenant, claims.Context.Tenant)
        && Same(vote.Approval, approval.Id)
        && vote.Revision == approval.Revision
        && Same(vote.RevisionDigest, approval.RevisionDigest)
        && Same(vote.RequestDigest, RequestDigest.Of(claims.Context.Binding))
        && vote.IssuedAt <= claims.IssuedAt + StepTokenFormat.ClockSkew
        && vote.Voter != claims.Subject;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
