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
/// <param name="Recent">Recent actions of the same capability, newest first.</param>
/// <param name="Votes">The votes so far, oldest first.</param>
/// <param name="ApproverRoles">Any of which an approver needs.</param>
/// <param name="Quorum">How many different people must say yes.</param>
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
    int Quorum);
