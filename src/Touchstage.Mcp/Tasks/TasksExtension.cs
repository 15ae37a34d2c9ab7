using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;

namespace Touchstage.Mcp.Tasks;

/// <summary>The tasks extension of 2026-07-28, as its specification negotiates it: the server tells it in <c>server/discover</c>, a client with every single request.</summary>
internal static class TasksExtension
{
    public const string Id = "io.modelcontextprotocol/tasks";

    private const string Extensions = "extensions";

    /// <summary>Whether the client declared it with this very request; what it declared before does not count.</summary>
    public static bool IsDeclared(JsonRpcRequest request) =>
        ProtocolFaults.IsModern(request.Context?.ProtocolVersion)
        && request.Params is JsonObject parameters
        && parameters["_meta"] is JsonObject meta
        && meta[MetaKeys.ClientCapabilities] is JsonObject capabilities
        && capabilities[Extensions] is JsonObject extensions
        && extensions.ContainsKey(Id);

    /// <summary>Refuses a request that needs it from a client that did not declare it.</summary>
    /// <exception cref="McpProtocolException">The method does not exist in the revision that is spoken, or the capability is missing.</exception>
    public static void Demand(JsonRpcRequest request)
    {
        if (!ProtocolFaults.IsModern(request.Context?.ProtocolVersion))
        {
            throw new McpProtocolException($"Unknown method: '{request.Method}'", McpErrorCode.MethodNotFound);
        }

        if (!IsDeclared(request))
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object>(StringComparer.Ordinal) { [Id] = new JsonObject() } }, $"{request.Method} needs the client capability {Id}.");
        }
    }

    /// <summary>Refuses to tell a client of tasks that did not declare it. To others none is granted: they ask, or follow the approval's resource.</summary>
    /// <exception cref="McpProtocolException">The capability is missing.</exception>
    public static void DemandForListening(JsonRpcRequest request)
    {
        if (request.Params is JsonObject parameters && parameters["notifications"] is JsonObject asked && asked.ContainsKey("taskIds"))
        {
            Demand(request);
        }
    }

    /// <summary>Keeps it out of the handshake of earlier revisions, where no request could declare it.</summary>
    public static McpMessageHandler KeepOutOfInitialize(McpMessageHandler next) => (message, cancellation) =>
    {
        if (message.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result }
            && result.ContainsKey("protocolVersion")
            && result["capabilities"] is JsonObject capabilities
            && capabilities[Extensions] is JsonObject extensions
            && extensions.Remove(Id)
            && extensions.Count == 0)
        {
            capabilities.Remove(Extensions);
        }

        return next(message, cancellation);
    };
}
