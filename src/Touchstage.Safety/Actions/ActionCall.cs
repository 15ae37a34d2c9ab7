using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Actions;

/// <summary>A call as received. Nothing in it is trusted.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="ArgumentsJson">The arguments as received JSON text; an empty object where there were none.</param>
/// <param name="Narrative">What the model said beside the arguments; unverified.</param>
public sealed record ActionCall(string Tool, string ArgumentsJson, Narrative Narrative);
