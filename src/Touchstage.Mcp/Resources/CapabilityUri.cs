using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Mcp.Resources;

/// <summary>The addresses of capabilities as resources.</summary>
internal static class CapabilityUri
{
    public const string Template = Prefix + "{name}";

    private const string Prefix = "touchstage://capabilities/";

    /// <summary>Reads one capability's address. No decoding, no query, no second spelling.</summary>
    public static bool TryParse(string uri, [NotNullWhen(true)] out string? name)
    {
        name = uri.StartsWith(Prefix, StringComparison.Ordinal) && IsName(uri[Prefix.Length..]) ? uri[Prefix.Length..] : null;
        return name is not null;
    }

    private static bool IsName(string text) => text.Length is >= 1 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
