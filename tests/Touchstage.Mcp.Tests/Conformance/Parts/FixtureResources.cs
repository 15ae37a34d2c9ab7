using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>The resources that the suite asks for.</summary>
internal sealed class FixtureResources
{
    public const string Watched = "test://watched-resource";

    private const string Binary = "test://static-binary";

    [McpServerResource(UriTemplate = "test://static-text", Name = "static-text", MimeType = "text/plain"), Description("A text.")]
    public static string Text() => "This is the content of the static text resource.";

    [McpServerResource(UriTemplate = Binary, Name = "static-binary", MimeType = "image/png"), Description("An image.")]
    public static ResourceContents Image() => BlobResourceContents.FromBytes(Samples.Png, Binary, "image/png");

    [McpServerResource(UriTemplate = "test://template/{id}/data", Name = "template", MimeType = "application/json"), Description("A document for each id.")]
    public static ResourceContents Document(string id) => new TextResourceContents
    {
        Uri = $"test://template/{id}/data",
        MimeType = "application/json",
        Text = JsonSerializer.Serialize(new { id, templateTest = true, data = $"Data for ID: {id}" }),
    };

    [McpServerResource(UriTemplate = Watched, Name = "watched-resource", MimeType = "text/plain"), Description("A text to subscribe to.")]
    public static string WatchedText() => "Watched.";
}
