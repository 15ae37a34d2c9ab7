using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>The secret of a sign-in link: <c>TENANT.RANDOM</c> with 256 random bits, shown once and stored as a hash only. Prints as <c>***</c>.</summary>
public sealed class SignInTicket
{
    private const int MaxLength = 128;

    private readonly string text;

    private SignInTicket(TenantId tenant, string text, DateTimeOffset expiresAt) => (Tenant, this.text, ExpiresAt) = (tenant, text, expiresAt);

    /// <summary>From when on it is no longer good.</summary>
    public DateTimeOffset ExpiresAt { get; }

    internal TenantId Tenant { get; }

    /// <summary>The ticket itself, for showing it the one time.</summary>
    /// <returns>URL-safe text.</returns>
    public string Reveal() => text;

    /// <inheritdoc/>
    public override string ToString() => "***";

    internal static SignInTicket Create(TenantId tenant, DateTimeOffset expiresAt) =>
        new(tenant, $"{tenant}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}", expiresAt);

    /// <summary>The tenant that a ticket names, and its hash. The tenant only says where to look: the hash covers it.</summary>
    internal static bool TryRead(string? ticket, [NotNullWhen(true)] out TenantId? tenant, out string hash)
    {
        tenant = null;
        hash = "";
        if (ticket is not { Length: > 0 and <= MaxLength } || ticket.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot) || !TenantId.TryParse(ticket[..dot], out tenant))
        {
            return false;
        }

        hash = HashOf(ticket);
        return true;
    }

    internal string Hash() => HashOf(text);

    // A plain hash is enough, as for session keys: there is nothing to guess.
    private static string HashOf(string ticket) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ticket)));
}
