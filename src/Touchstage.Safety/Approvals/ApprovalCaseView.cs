using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Approvals;

/// <summary>What a person must see to decide. Sensitive values are masked.</summary>
/// <param name="Requester">Who asked: the principal's key.</param>
/// <param name="Client">With which program.</param>
/// <param name="Connection">Through which connection.</param>
/// <param name="Arguments">The arguments, a JSON object.</param>
/// <param name="Request">What would be sent: <c>{ method, uri, headers, body }</c>.</param>
/// <param name="Reasons">Why it was held: permanent codes with a rule's id where there is one.</param>
/// <param name="Findings">What each rule came to: <c>[{ rule, effect, condition, outcome, error?, reads }]</c>.</param>
/// <param name="Narrative">What the model said: unverified text, never to be rendered as anything but text.</param>
/// <param name="Recent">What was done or asked for of the same capability lately, the most alike first, and what became of it.</param>
/// <param name="Votes">The votes so far, oldest first.</param>
/// <param name="ApproverRoles">Any of which an approver needs now.</param>
/// <param name="Quorum">How many different people must say yes.</param>
/// <param name="Form">JSON Schema of an object whose properties are the arguments that a person may change; none if it has none.</param>
/// <param name="Confirm">The weakest door a yes may come through: <c>code</c>, <c>form</c> or <c>inbox</c>.</param>
/// <param name="HasSensitive">Whether something is masked that could be revealed.</param>
/// <param name="Notes">What people did beside deciding, oldest first.</param>
/// <param name="ClaimedBy">Who says to be on it: the principal's key, or null.</param>
/// <param name="Escalations">Who may decide from when on beside the approver roles, soonest first.</param>
public sealed record ApprovalCaseView(
    string Requester,
    string Client,
    string Connection,
    JsonElement Arguments,
    JsonElement Request,
    ImmutableArray<string> Reasons,
    JsonElement Findings,
    Narrative Narrative,
    ImmutableArray<RecentActionView> Recent,
    ImmutableArray<VoteView> Votes,
    ImmutableArray<string> ApproverRoles,
    int Quorum,
    JsonElement Form,
    string Confirm,
    bool HasSensitive,
    ImmutableArray<NoteView> Notes,
    string? ClaimedBy,
    ImmutableArray<EscalationView> Escalations);
