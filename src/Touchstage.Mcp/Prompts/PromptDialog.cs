using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;

namespace Touchstage.Mcp.Prompts;

/// <summary>
/// What the client of a prompt can put before its person, and what came back. The same in both eras of the protocol: whoever asks throws, and is run again from the
/// top with the answer, so nothing that has an effect may come before.
/// </summary>
internal sealed class PromptDialog(RequestContext<GetPromptRequestParams> request)
{
    private ElicitationCapability? Elicitation => request.Server.IsMrtrSupported ? request.Server.ClientCapabilities?.Elicitation : null;

    /// <summary>Whether it shows forms; a client that says nothing of modes does.</summary>
    public bool CanShowForm => Elicitation is { } can && (can.Form is not null || can.Url is null);

    /// <summary>Whether it opens addresses.</summary>
    public bool CanOpenAddress => Elicitation?.Url is not null;

    /// <summary>Whether this is an answer to something that was asked.</summary>
    public bool IsAnswer => request.Params.RequestState is not null || request.Params.InputResponses is { Count: > 0 };

    /// <summary>What was sealed when it was asked, or null.</summary>
    public string? State => request.Params.RequestState;

    /// <summary>Asks the person to fill in a form.</summary>
    public static InputRequiredException Ask(string key, string message, ElicitRequestParams.RequestSchema fields, string state) =>
        new(new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [key] = InputRequest.ForElicitation(new() { Message = message, RequestedSchema = fields }) }, state);

    /// <summary>Asks the person to open an address.</summary>
    public InputRequiredException AskToOpen(string key, string message, string url, string id, string state)
    {
        // Up to 2025-11-25 such a request has an id of its own.
        var ask = new ElicitRequestParams { Mode = "url", Message = message, Url = url, ElicitationId = ProtocolFaults.IsModern(request.Server) ? null : id };
        return new(new Dictionary<string, InputRequest>(StringComparer.Ordinal) { [key] = InputRequest.ForElicitation(ask) }, state);
    }

    /// <summary>The answer to one question; null if there is none.</summary>
    /// <exception cref="ModelContextProtocol.McpProtocolException">It is malformed.</exception>
    public ElicitResult? Answer(string key)
    {
        if (request.Params.InputResponses is not { } answers || !answers.TryGetValue(key, out var answer))
        {
            return null;
        }

        try
        {
            return answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw ProtocolFaults.WrongArgument($"inputResponses.{key} is not an answer to a form.");
        }
    }
}
