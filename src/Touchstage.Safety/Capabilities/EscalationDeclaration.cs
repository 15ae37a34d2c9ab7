using System.Collections.Immutable;

namespace Touchstage.Safety.Capabilities;

/// <summary>More people may decide on a call that waits for long.</summary>
/// <param name="After">After how long.</param>
/// <param name="Approvers">The roles that are added.</param>
internal sealed record EscalationDeclaration(TimeSpan After, ImmutableArray<string> Approvers);
