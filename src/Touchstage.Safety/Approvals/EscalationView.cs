using System.Collections.Immutable;

namespace Touchstage.Safety.Approvals;

/// <summary>More people may decide from a moment on.</summary>
/// <param name="At">From when on.</param>
/// <param name="Roles">The roles that are added.</param>
public sealed record EscalationView(DateTimeOffset At, ImmutableArray<string> Roles);
