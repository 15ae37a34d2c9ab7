using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Capabilities;

/// <summary>A test that a manifest brings along: one call or several after one another, and what the policy must come to for each.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Settings">Tenant settings over the declared defaults.</param>
/// <param name="Calls">The calls in their order; at least one.</param>
/// <param name="IsSequence">Whether the manifest lists them as <c>calls</c>.</param>
/// <param name="Line">Its line in the file.</param>
internal sealed record PolicyTest(string Name, JsonElement? Settings, ImmutableArray<PolicyTestCall> Calls, bool IsSequence, int Line);
