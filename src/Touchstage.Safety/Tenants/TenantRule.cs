using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>A tenant-wide rule that tightens capabilities; it can forbid or ask for a person, never allow.</summary>
/// <param name="Effect"><c>forbid</c> or <c>review</c>.</param>
/// <param name="Condition">The CEL text.</param>
/// <param name="Because">What the requester may be told.</param>
/// <param name="For">The capabilities it is for; empty for every capability of the tenant.</param>
/// <param name="IsShadow">Whether it is only watched: weighed and recorded, without any effect.</param>
internal sealed record TenantRule(string Effect, string Condition, string? Because, ImmutableArray<string> For, bool IsShadow = false);
