using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Prompts;

/// <summary>A change that a person was shown the preview of.</summary>
/// <param name="Changes">The JSON merge patch.</param>
/// <param name="Note">Why.</param>
/// <param name="Tag">What kind of lesson it is.</param>
/// <param name="PreviewedRevision">The digest of the revision that the preview showed.</param>
internal sealed record ShownChange(string Changes, string Note, DecisionTag Tag, string PreviewedRevision);
