using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Touchstage.Mcp.Streams;

/// <summary>Ids of events: the stream's key, which is random, and a number.</summary>
internal static class EventIds
{
    /// <summary>A new stream's key.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static string Of(string key, long number) => string.Create(CultureInfo.InvariantCulture, $"{key}-{number}");

    public static bool TryParse(string text, [NotNullWhen(true)] out string? key, out long number)
    {
        var parts = text.Split('-');
        (key, number) = (parts[0], -1);
        return parts is [{ Length: 32 }, { Length: <= 18 } count] && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
