using System.Collections.Immutable;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>What of an answer may reach the model.</summary>
/// <param name="Select">The members that are kept; empty for all that the output schema declares.</param>
/// <param name="MaxBytes">How large the answer may be.</param>
/// <param name="Output">What the answer must look like, or null where nothing of it is handed on.</param>
internal sealed record ResponseDeclaration(ImmutableArray<string> Select, int MaxBytes, JsonSchema? Output);
