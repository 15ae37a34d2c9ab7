using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>The files that pages refer to. They are in the executable, and their addresses change with their content, so a browser may keep them.</summary>
internal static class PageAssets
{
    /// <summary>Below which address they are found.</summary>
    public const string Root = "/inbox/assets/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["inbox.css"] = "text/css; charset=utf-8",
        ["inbox.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, byte[]> Files = Types.Keys.ToFrozenDictionary(name => name, Read, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Addresses =
        Files.ToFrozenDictionary(file => file.Key, file => $"{Root}{file.Key}?v={Convert.ToHexStringLower(SHA256.HashData(file.Value))[..16]}", StringComparer.Ordinal);

    /// <summary>A file's address.</summary>
    public static string AddressOf(string name) => Addresses[name];

    /// <summary>A file's content and type, or null if there is none of that name.</summary>
    public static (byte[] Content, string Type)? Find(string name) => Files.TryGetValue(name, out var content) ? (content, Types[name]) : null;

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("inbox/" + name) ?? throw new InvalidOperationException($"The executable lacks {name}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
