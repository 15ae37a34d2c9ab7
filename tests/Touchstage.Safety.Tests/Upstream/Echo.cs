using System.Net;
using System.Text;

namespace Touchstage.Safety.Tests.Upstream;

/// <summary>The ways in which an API may say what it was sent.</summary>
internal static class Echo
{
    public static readonly (string Name, Func<string, string> Spell)[] Spellings =
    [
        ("raw", text => text),
        ("inside", text => $"the token was '{text}'."),
        ("upper case", text => text.ToUpperInvariant()),
        ("lower case", text => text.ToLowerInvariant()),
        ("percent", Percent),
        ("percent, lower hex", text => Percent(text).ToLowerInvariant()),
        ("percent twice", text => Percent(Percent(text))),
        ("percent thrice", text => Percent(Percent(Percent(text)))),
        ("every character in percent", text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:x2}"))),
        ("html", text => WebUtility.HtmlEncode(text)),
        ("html decimal", text => string.Concat(text.Select(c => $"&#{(int)c};"))),
        ("html hex", text => string.Concat(text.Select(c => $"&#x{(int)c:X};"))),
        ("json escapes", text => string.Concat(text.Select(c => $"\\u{(int)c:x4}"))),
        ("json escapes twice", text => string.Concat(text.Select(c => $"\\\\u{(int)c:X4}"))),
        ("escapes of bytes", text => string.Concat(text.Select(c => $"\\x{(int)c:x2}"))),
        ("hex", text => Convert.ToHexString(Bytes(text))),
        ("hex, lower", text => Convert.ToHexStringLower(Bytes(text))),
        ("hex dump", text => string.Join(' ', Bytes(text).Select(b => $"{b:x2}"))),
        ("hex with colons", text => string.Join(':', Bytes(text).Select(b => $"{b:X2}"))),
        ("bytes in decimal", text => string.Join(", ", Bytes(text))),
        ("base64", Base64),
        ("base64 without padding", text => Base64(text).TrimEnd('=')),
        ("base64url", Base64Url),
        ("base64 after one", text => Base64("x" + text)),
        ("base64 after two", text => Base64Url("xy" + text)),
        ("base64 of a header", text => Base64($"Authorization: Bearer {text}\r\nHost: api.example")),
        ("base64 in lines", text => Convert.ToBase64String(Bytes(new string('a', 50) + text), Base64FormattingOptions.InsertLineBreaks)),
        ("base64 of base64", text => Base64(Base64(text))),
        ("base64 of base64url within", text => Base64Url("auth=" + Base64Url("b" + text) + ";")),
        ("base64 of hex", text => Base64(Convert.ToHexString(Bytes(text)))),
        ("base64 of percent", text => Base64(Percent(text))),
        ("base64 of base64 of base64", text => Base64(Base64(Base64(text)))),
        ("hex of base64", text => Convert.ToHexStringLower(Bytes(Base64(text)))),
        ("percent of base64", text => Percent(Base64(text))),
        ("backwards", text => new([.. text.Reverse()])),
        ("spaced", text => string.Join(' ', text.AsEnumerable())),
        ("dashed", text => string.Join('-', Chunks(text, 4))),
        ("dotted", text => string.Join('.', Chunks(text, 3))),
        ("in lines", text => string.Join("\r\n", Chunks(text, 5))),
        ("zero width", text => string.Join('\u200b', text.AsEnumerable())),
        ("quoted pieces", text => string.Join("\" + \"", Chunks(text, 6))),
        ("spaced base64", text => string.Join(' ', Base64(text).AsEnumerable())),
    ];

    public static string Base64(string text) => Convert.ToBase64String(Bytes(text));

    public static string Base64Url(string text) => Base64(text).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static IEnumerable<string> Chunks(string text, int length) => text.Chunk(length).Select(chunk => new string(chunk));

    private static string Percent(string text) => Uri.EscapeDataString(text);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
