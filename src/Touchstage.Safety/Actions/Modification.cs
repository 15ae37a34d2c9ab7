using System.Text.Json;
using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Actions;

/// <summary>What a person would make of a pending action.</summary>
/// <param name="ApprovalId">The approval's id as received.</param>
/// <param name="ShownRevision">The digest of the revision that was shown; null where the decision code will prove what was.</param>
/// <param name="Changes">A JSON merge patch (RFC 7396) of the arguments; only what the capability lists under <c>approval.modify</c>.</param>
/// <param name="Note">Why; the agent is told. At most 1,000 characters, empty for none.</param>
/// <param name="Tag">What kind of lesson it is.</param>
/// <param name="Channel">Through which door it comes in.</param>
public sealed record Modification(string ApprovalId, string? ShownRevision, JsonElement Changes, string Note, DecisionTag Tag, DecisionChannel Channel);
