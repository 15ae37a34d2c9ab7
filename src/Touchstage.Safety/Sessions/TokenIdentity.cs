using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace Touchstage.Safety.Sessions;

/// <summary>Whom an access token's claims name.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Person">The person behind it, normalised, or null for a program of its own.</param>
/// <param name="Client">The OAuth client.</param>
/// <param name="Kind">What for.</param>
/// <param name="Roles">Its roles, sorted, without doubles.</param>
/// <param name="TakenUntil">Until when the token is taken.</param>
internal sealed record TokenIdentity(Principal Principal, string? Person, string Client, SessionKind Kind, ImmutableArray<string> Roles, DateTimeOffset TakenUntil)
{
    /// <summary>What begins the key hash of a session that tokens open.</summary>
    public const string Prefix = "jwt:";

    /// <summary>
    /// The stable name of the session that every token of the same issuer, subject, person, client, kind and roles opens. Invariant: the prefix keeps it apart from the hash of any session key,
    /// so no text that is sent as a key finds it.
    /// </summary>
    public string Fingerprint => Prefix + Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<string?[]>(
        [Principal.Tenant.Value, Principal.Issuer, Principal.Subject, Principal.OnBehalfOf, Person, Client, Kind.ToString(), .. Roles])));
}
