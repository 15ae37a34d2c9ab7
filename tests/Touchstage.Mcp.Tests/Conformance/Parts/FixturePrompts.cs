using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>The prompts that the suite asks for.</summary>
internal sealed class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("Says one sentence.")]
    public static string Simple() => "This is a simple prompt for testing.";

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("Says its arguments.")]
    public static string Arguments([Description("First test argument")] string arg1, [Description("Second test argument")] string arg2) =>
        $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("Shows a resource.")]
    public static PromptMessage[] Resource([Description("URI of the resource to embed")] string resourceUri) =>
        [Said(Samples.Embedded(resourceUri, "text/plain", "Embedded resource content for testing.")), Said("Please process the embedded resource above.")];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("Shows an image.")]
    public static PromptMessage[] Image() => [Said(Samples.Image()), Said("Please analyze the image above.")];

    [McpServerPrompt(Name = "test_input_required_result_prompt"), Description("Asks the person first.")]
    public static string Asking(RequestContext<GetPromptRequestParams> request) => Questions.Answer(request.Params, "user_context", "context") is { } context
        ? $"Go on with {context}."
        : throw Questions.Ask(null, ("user_context", Questions.Form("What context should the prompt use?", "context")));

    private static PromptMessage Said(string text) => Said(new TextContentBlock { Text = text });

    private static PromptMessage Said(ContentBlock content) => new() { Role = Role.User, Content = content };
}
