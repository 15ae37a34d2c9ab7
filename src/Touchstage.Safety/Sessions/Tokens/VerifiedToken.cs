using System.Text.Json;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>A token of a configured issuer, for this server, signed and within its time. What its claims say of its holder is read elsewhere. Prints as <c>***</c>.</summary>
internal sealed class VerifiedToken(string issuer, JsonElement claims, DateTimeOffset takenUntil)
{
    /// <summary>The issuer, to the letter.</summary>
    public string Issuer => issuer;

    /// <summary>The claims: one object, no member twice.</summary>
    public JsonElement Claims => claims;

    /// <summary>Until when it is taken: its <c>exp</c> and the skew of clocks.</summary>
    public DateTimeOffset TakenUntil => takenUntil;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
