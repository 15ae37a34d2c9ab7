#pragma warning disable MCP9005 // Logging and sampling are deprecated since the newest revision, and required by the ones before it.
using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>Tools that send or ask something in the middle of a call, as revisions with sessions do.</summary>
[McpServerToolType]
internal sealed class SessionTools
{
    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs thrice.")]
    public static async Task<string> LogAsync(McpServer server, CancellationToken cancellation)
    {
        foreach (var text in (string[])["Tool execution started", "Tool processing data", "Tool execution completed"])
        {
            var message = new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Logger = "fixture", Data = JsonSerializer.SerializeToElement(text) };
            await server.SendNotificationAsync(NotificationMethods.LoggingMessageNotification, message, cancellationToken: cancellation);
        }

        return "Logged.";
    }

    [McpServerTool(Name = "test_sampling"), Description("Asks the client's model.")]
    public static async Task<string> SampleAsync(McpServer server, string prompt, CancellationToken cancellation)
    {
        var answer = await server.SampleAsync(Questions.Sampling(prompt, 100), cancellation);
        return $"LLM response: {answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_elicitation"), Description("Asks the person.")]
    public static Task<string> ElicitAsync(McpServer server, string message, CancellationToken cancellation) => AskAsync(
        server,
        "User response",
        new()
        {
            Message = message,
            RequestedSchema = new()
            {
                Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
                {
                    ["username"] = new ElicitRequestParams.StringSchema { Description = "User's response" },
                    ["email"] = new ElicitRequestParams.StringSchema { Description = "User's email address" },
                },
                Required = ["username", "email"],
            },
        },
        cancellation);

    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks the person, with a default for each kind of field.")]
    public static Task<string> ElicitDefaultsAsync(McpServer server, CancellationToken cancellation) => AskAsync(
        server,
        "Elicitation completed",
        new()
        {
            Message = "Are these right?",
            RequestedSchema = new()
            {
                Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
                {
                    ["name"] = new ElicitRequestParams.StringSchema { Default = "John Doe" },
                    ["age"] = new ElicitRequestParams.NumberSchema { Type = "integer", Default = 30 },
                    ["score"] = new ElicitRequestParams.NumberSchema { Default = 95.5 },
                    ["status"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
                    ["verified"] = new ElicitRequestParams.BooleanSchema { Default = true },
                },
            },
        },
        cancellation);

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks the person, with each kind of choice.")]
    public static Task<string> ElicitChoicesAsync(McpServer server, CancellationToken cancellation)
    {
        string[] names = ["option1", "option2", "option3"];
        ElicitRequestParams.EnumSchemaOption[] titled = [.. names.Select(name => new ElicitRequestParams.EnumSchemaOption { Const = name, Title = $"Title of {name}" })];
        return AskAsync(
            server,
            "Elicitation completed",
            new()
            {
                Message = "Which?",
                RequestedSchema = new()
                {
                    Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
                    {
                        ["untitledSingle"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = names },
                        ["titledSingle"] = new ElicitRequestParams.TitledSingleSelectEnumSchema { OneOf = titled },
#pragma warning disable MCP9001 // The old form of a choice is deprecated, and part of the suite.
                        ["legacyEnum"] = new ElicitRequestParams.LegacyTitledEnumSchema { Enum = names, EnumNames = [.. titled.Select(option => option.Title)] },
#pragma warning restore MCP9001
                        ["untitledMulti"] = new ElicitRequestParams.UntitledMultiSelectEnumSchema { Items = new() { Enum = names } },
                        ["titledMulti"] = new ElicitRequestParams.TitledMultiSelectEnumSchema { Items = new() { AnyOf = titled } },
                    },
                },
            },
            cancellation);
    }

    private static async Task<string> AskAsync(McpServer server, string said, ElicitRequestParams question, CancellationToken cancellation)
    {
        var answer = await server.ElicitAsync(question, cancellation);
        return $"{said}: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}";
    }
}
