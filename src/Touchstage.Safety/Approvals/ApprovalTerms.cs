using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Approvals;

/// <summary>Who must say yes to an approval, and how.</summary>
/// <param name="Approvers">The roles any of which an approver needs from the start.</param>
/// <param name="Escalations">The roles that come in later, soonest first.</param>
/// <param name="Quorum">How many different people must say yes.</param>
/// <param name="Confirm">The weakest door a yes may come through.</param>
internal sealed record ApprovalTerms(ImmutableArray<string> Approvers, ImmutableArray<EscalationDeclaration> Escalations, int Quorum, string Confirm)
{
    /// <summary>The terms of a declaration.</summary>
    public static ApprovalTerms Of(ApprovalDeclaration declared) => new(declared.Approvers, declared.Escalations, declared.Quorum, declared.Confirm);

    /// <summary>The roles any of which an approver needs once it has waited for so long: escalation only adds.</summary>
    public IEnumerable<string> RolesAfter(TimeSpan waited) => Approvers.Concat(Escalations.Where(escalation => escalation.After <= waited).SelectMany(escalation => escalation.Approvers));

    /// <summary>When the next roles come in after it has waited for so long, or null.</summary>
    public TimeSpan? NextAfter(TimeSpan waited) => Escalations.Where(escalation => escalation.After > waited).Select(escalation => (TimeSpan?)escalation.After).Min();

    /// <summary>Whether they ask for the same people, as many of them, through the same doors.</summary>
    public bool AreSameAs(ApprovalTerms other) =>
        Quorum == other.Quorum
        && Confirm == other.Confirm
        && AreSame(Approvers, other.Approvers)
        && Escalations.Length == other.Escalations.Length
        && Escalations.Zip(other.Escalations).All(pair => pair.First.After == pair.Second.After && AreSame(pair.First.Approvers, pair.Second.Approvers));

    private static bool AreSame(ImmutableArray<string> roles, ImmutableArray<string> others) => roles.ToHashSet(StringComparer.Ordinal).SetEquals(others);
}
