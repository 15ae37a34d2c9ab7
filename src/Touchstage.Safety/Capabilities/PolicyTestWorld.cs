using System.Text.Json;

namespace Touchstage.Safety.Capabilities;

/// <summary>What a test says of a call and the world around it.</summary>
/// <param name="Arguments">The call's arguments, or null if it gives none.</param>
/// <param name="Facts">Answers by fact name; a fact that is not given fails.</param>
/// <param name="Caller">Caller members (<c>subject</c>, <c>roles</c>, <c>client</c>) over the defaults of a test agent without roles.</param>
internal sealed record PolicyTestWorld(JsonElement? Arguments, JsonElement? Facts, JsonElement? Caller)
{
    /// <summary>The same, with what the other says where this says nothing.</summary>
    public PolicyTestWorld Over(PolicyTestWorld other) => new(Arguments ?? other.Arguments, Facts ?? other.Facts, Caller ?? other.Caller);
}
