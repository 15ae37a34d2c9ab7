using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Actions;

/// <summary>An approved action, recalled: the grant, who asked, and for what.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Caller">The requester.</param>
/// <param name="Modifier">Who changed what was proposed, or null.</param>
/// <param name="Call">The call as it was approved.</param>
internal sealed record ApprovedCall(Grant Grant, Caller Caller, Caller? Modifier, ActionCall Call);
