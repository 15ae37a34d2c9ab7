using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Safety.Tenants;

/// <summary>The name of one customer organisation, the hard boundary: 1 to 63 of <c>a-z 0-9 -</c>, first and last a letter or digit.</summary>
public sealed record TenantId
{
    private TenantId(string value) => Value = value;

    /// <summary>The name as written.</summary>
    public string Value { get; }

    /// <summary>Reads a tenant's name; nothing is trimmed, folded or defaulted.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="id">The tenant's name.</param>
    /// <returns>False if the text is not a tenant's name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TenantId? id)
    {
        id = IsName(text) ? new(text!) : null;
        return id is not null;
    }

    internal static TenantId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("Not a tenant's name.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsName(string? text) =>
        text is { Length: >= 1 and <= 63 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && text[0] != '-' && text[^1] != '-';
}
