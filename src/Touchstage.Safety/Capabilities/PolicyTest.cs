using System.Text.Json;

namespace Touchstage.Safety.Capabilities;

/// <summary>A test that a manifest brings along.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The call's arguments.</param>
/// <param name="Facts">Answers by fact name; a fact that is not given fails.</param>
/// <param name="Settings">Tenant settings over the declared defaults.</param>
/// <param name="Caller">Caller members (<c>subject</c>, <c>roles</c>, <c>client</c>) over the defaults of a test agent without roles.</param>
/// <param name="Now">The instant, or null for a fixed one.</param>
/// <param name="Expect"><c>allow</c>, <c>review</c> (held for a person), <c>refuse</c> (nobody can approve it) or <c>forbid</c>.</param>
/// <param name="Line">Its line in the file.</param>
internal sealed record PolicyTest(
    string Name, JsonElement Arguments, JsonElement? Facts, JsonElement? Settings, JsonElement? Caller, DateTimeOffset? Now, string Expect, int Line);
