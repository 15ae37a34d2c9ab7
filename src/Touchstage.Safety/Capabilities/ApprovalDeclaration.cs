using System.Collections.Immutable;

namespace Touchstage.Safety.Capabilities;

/// <summary>How people decide on a blocked call of a capability.</summary>
/// <param name="Approvers">The roles any of which an approver needs.</param>
/// <param name="Escalations">The roles that come in later, soonest first.</param>
/// <param name="Quorum">How many different people must say yes.</param>
/// <param name="Expires">How long it waits, execution included.</param>
/// <param name="Modify">Which arguments a person may change.</param>
/// <param name="Confirm">The weakest door a decision may come through: <c>code</c>, <c>form</c> or <c>inbox</c>.</param>
/// <param name="MaxPending">How many may wait per principal.</param>
internal sealed record ApprovalDeclaration(
    ImmutableArray<string> Approvers,
    ImmutableArray<EscalationDeclaration> Escalations,
    int Quorum,
    TimeSpan Expires,
    ImmutableArray<string> Modify,
    string Confirm,
    int MaxPending);
