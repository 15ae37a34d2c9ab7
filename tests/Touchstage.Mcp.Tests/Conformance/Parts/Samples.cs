using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>The smallest contents of their kinds.</summary>
internal static class Samples
{
    /// <summary>A PNG of one pixel.</summary>
    public static readonly byte[] Png =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    /// <summary>A WAV of no sample.</summary>
    public static readonly byte[] Wav = Convert.FromBase64String("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=");

    public static ImageContentBlock Image() => ImageContentBlock.FromBytes(Png, "image/png");

    public static EmbeddedResourceBlock Embedded(string uri, string mimeType, string text) =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = mimeType, Text = text } };
}
