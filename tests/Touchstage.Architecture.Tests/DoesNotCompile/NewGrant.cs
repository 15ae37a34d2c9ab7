// expects: CS0122
using System.Collections.Immutable;
using Touchstage.Safety.Approvals;

internal static class NewGrant
{
    public static Grant Forge(ApprovalRecord pending) =>
        new(pending, ImmutableArray.Create(new SignedVote(pending.Requester, "eyJ"))); // forged
}
