using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>Tools that answer with each kind of content, with an error, and with progress.</summary>
[McpServerToolType]
internal sealed class ContentTools
{
    [McpServerTool(Name = "test_simple_text"), Description("Answers with a text.")]
    public static string Text() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Answers with an image.")]
    public static ContentBlock Image() => Samples.Image();

    [McpServerTool(Name = "test_audio_content"), Description("Answers with a sound.")]
    public static ContentBlock Audio() => AudioContentBlock.FromBytes(Samples.Wav, "audio/wav");

    [McpServerTool(Name = "test_embedded_resource"), Description("Answers with a resource.")]
    public static ContentBlock Resource() => Samples.Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.");

    [McpServerTool(Name = "test_multiple_content_types"), Description("Answers with a text, an image and a resource.")]
    public static ContentBlock[] Several() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        Samples.Image(),
        Samples.Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
    ];

    [McpServerTool(Name = "test_error_handling"), Description("Always fails.")]
    public static string Fail() => throw new McpException("This tool intentionally returns an error for testing");

    [McpServerTool(Name = "test_tool_with_progress"), Description("Tells its progress thrice.")]
    public static async Task<string> ProgressAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        if (request.Params.ProgressToken is { } token)
        {
            foreach (var progress in (float[])[0, 50, 100])
            {
                await request.Server.NotifyProgressAsync(token, new() { Progress = progress, Total = 100 }, cancellationToken: cancellation);
            }
        }

        return "Done.";
    }
}
