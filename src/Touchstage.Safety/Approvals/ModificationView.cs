using System.Text.Json;

namespace Touchstage.Safety.Approvals;

/// <summary>What a person changed of an action; sensitive values are masked.</summary>
/// <param name="Original">The arguments as they were proposed.</param>
/// <param name="Current">The arguments that stand, or ran.</param>
/// <param name="ModifiedBy">Who changed them: the principal's key.</param>
/// <param name="Note">Why, in the person's words; empty for none.</param>
public sealed record ModificationView(JsonElement Original, JsonElement Current, string ModifiedBy, string Note);
