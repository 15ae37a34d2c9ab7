using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Transports;

/// <summary>Refuses requests whose parameters are malformed, and says what is wrong with them.</summary>
internal static class ParameterCheck
{
    public static McpMessageHandler Filter(McpMessageHandler next) => (message, cancellation) =>
    {
        if (message.JsonRpcMessage is JsonRpcRequest request && ProblemOf(request) is { } problem)
        {
            throw new McpProtocolException($"{request.Method}: {problem}", McpErrorCode.InvalidParams);
        }

        return next(message, cancellation);
    };

    /// <summary>What is wrong, or null.</summary>
    public static string? ProblemOf(JsonRpcRequest request)
    {
        if (request.Params is not null and not JsonObject)
        {
            return "params must be an object.";
        }

        var parameters = request.Params as JsonObject;
        try
        {
            // Reading it whole finds what the reader put off: duplicate keys, and half surrogate pairs.
            parameters?.ToJsonString();
            return request.Method switch
            {
                RequestMethods.ToolsCall or RequestMethods.PromptsGet => Text(parameters, "name") ?? OptionalObject(parameters, "arguments"),
                RequestMethods.ResourcesRead or RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe => Text(parameters, "uri"),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or JsonException)
        {
            return "params are not well-formed: a key is given twice, or a text holds half a character.";
        }
    }

    private static string? Text(JsonObject? parameters, string name) =>
        parameters?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? null : $"params.{name} must be given as a text.";

    private static string? OptionalObject(JsonObject? parameters, string name) =>
        parameters?[name] is null or JsonObject ? null : $"params.{name} must be an object.";
}
