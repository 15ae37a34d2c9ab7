using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>A form of <c>review</c> as it was filled in.</summary>
/// <param name="Choice">The decision.</param>
/// <param name="Note">The note, or the reason of a No; empty for none.</param>
/// <param name="Tag">What kind of lesson it is.</param>
/// <param name="Changes">What differs from what stood in the fields, as a JSON merge patch.</param>
internal sealed record ReviewAnswer(ReviewChoice Choice, string Note, DecisionTag Tag, JsonObject Changes);
