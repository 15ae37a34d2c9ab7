using System.Diagnostics.CodeAnalysis;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>
/// Who is meant, wherever limits, deduplication, visibility and separation of duties count: tenant, issuer and normalised subject, and on whose
/// behalf where a session says so. Client, roles, kind and further sessions never make a second principal of one.
/// </summary>
public sealed record Principal
{
    private Principal(TenantId tenant, string issuer, string subject, string? onBehalfOf) =>
        (Tenant, Issuer, Subject, OnBehalfOf) = (tenant, issuer, subject, onBehalfOf);

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>Who vouches for the subject: <c>touchstage</c> for session keys.</summary>
    public string Issuer { get; }

    /// <summary>The subject, normalised.</summary>
    public string Subject { get; }

    /// <summary>The subject it acts for, normalised, or null.</summary>
    public string? OnBehalfOf { get; }

    /// <summary>One text for all of it: parts percent-encoded and joined by <c>/</c>. Equal exactly for equal principals.</summary>
    public string Key => string.Join('/', new[] { Tenant.Value, Issuer, Subject, OnBehalfOf }.OfType<string>().Select(Uri.EscapeDataString));

    /// <summary>
    /// Makes a principal. Subjects are 1 to 255 printable ASCII characters (OpenID Connect Core, section 2, bounds <c>sub</c> the same way), folded to lower
    /// case, so no other spelling of a subject is a second principal.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="issuer">Who vouches for the subject.</param>
    /// <param name="subject">The subject as given.</param>
    /// <param name="onBehalfOf">For whom it acts, or null.</param>
    /// <param name="principal">The principal.</param>
    /// <returns>False if a part is empty, too long or not printable ASCII.</returns>
    public static bool TryCreate(TenantId tenant, string issuer, string subject, string? onBehalfOf, [NotNullWhen(true)] out Principal? principal)
    {
        principal = IsPlain(issuer) && IsPlain(subject) && (onBehalfOf is null || IsPlain(onBehalfOf))
            ? new(tenant, issuer, Fold(subject), onBehalfOf is null ? null : Fold(onBehalfOf))
            : null;
        return principal is not null;
    }

    /// <summary>A name folded as subjects are, or null if it is none.</summary>
    internal static string? TryFold(string name) => IsPlain(name) ? Fold(name) : null;

    /// <inheritdoc/>
    public override string ToString() => Key;

    private static bool IsPlain(string text) => text is { Length: >= 1 and <= 255 } && text.All(c => c is > ' ' and < '\x7f');

    [SuppressMessage("Globalization", "CA1308", Justification = "ASCII only; lower case is how subjects are shown.")]
    private static string Fold(string text) => text.ToLowerInvariant();
}
