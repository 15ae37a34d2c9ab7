using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tools;

/// <summary>
/// A call's arguments as they came in: every number as it was spelled and every duplicate key, for the safety library to refuse. The
/// dictionary that the protocol library makes of them has already lost both.
/// </summary>
internal static class ReceivedArguments
{
    public static string Of(JsonRpcRequest request)
    {
        try
        {
            return request.Params is JsonObject parameters && parameters["arguments"] is { } arguments ? arguments.ToJsonString() : "{}";
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException)
        {
            // Duplicate keys beside the arguments, or half a surrogate pair.
            throw new McpProtocolException("The parameters are not well-formed: a key is given twice, or a text holds half a character.", broken, McpErrorCode.InvalidParams);
        }
    }
}
