#pragma warning disable MCP9005 // Sampling is deprecated since the newest revision, and part of the suite.
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>What fixtures ask a client.</summary>
internal static class Questions
{
    /// <summary>Asks the person for a single text or truth value that must be given.</summary>
    public static InputRequest Form(string message, string field, bool isTruth = false) => InputRequest.ForElicitation(new()
    {
        Message = message,
        RequestedSchema = new()
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
            {
                [field] = isTruth ? new ElicitRequestParams.BooleanSchema() : new ElicitRequestParams.StringSchema(),
            },
            Required = [field],
        },
    });

    public static CreateMessageRequestParams Sampling(string prompt, int maxTokens) => new()
    {
        Messages = [new() { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = maxTokens,
    };

    /// <summary>Ends the call: the client is to ask and to call again.</summary>
    public static InputRequiredException Ask(string? state, params (string Key, InputRequest Question)[] questions) =>
        new(questions.ToDictionary(question => question.Key, question => question.Question, StringComparer.Ordinal), state);

    /// <summary>The text that the person gave in a field of the form under a key, or null if there is none.</summary>
    public static string? Answer(RequestParams request, string key, string field) =>
        request.InputResponses is { } answers
        && answers.TryGetValue(key, out var answer)
        && answer.RawValue.ValueKind == JsonValueKind.Object
        && answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.Content is { } content
        && content.TryGetValue(field, out var value)
            ? value.ToString()
            : null;

    /// <summary>Whether the client answered under a key.</summary>
    public static bool IsAnswered(RequestParams request, string key) => request.InputResponses?.ContainsKey(key) == true;
}
