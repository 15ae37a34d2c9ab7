#pragma warning disable MCPEXP002 // The protocol library marks the seams for extensions as experimental.
using System.Security.Cryptography;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Transports;

/// <summary>Turns an exception that no handler expected into a fault that tells nothing but where to look.</summary>
internal static partial class HandlerGuard
{
    public static McpRequestHandler<TParams, TResult> Of<TParams, TResult>(McpRequestHandler<TParams, TResult> handler) => async (request, cancellation) =>
    {
        try
        {
            return await handler(request, cancellation);
        }
        catch (Exception broken) when (IsUnexpected(broken))
        {
            throw Told(request.Services!, request.JsonRpcRequest.Method, broken);
        }
    };

    /// <summary>The same for a method that the protocol library knows nothing of.</summary>
    public static McpServerRequestHandler Of(McpServerRequestHandler handler, IServiceProvider services) => new()
    {
        Method = handler.Method,
        RoutingNameParameter = handler.RoutingNameParameter,
        Handler = async (request, cancellation) =>
        {
            try
            {
                return await handler.Handler(request, cancellation);
            }
            catch (Exception broken) when (IsUnexpected(broken))
            {
                throw Told(services, request.Method, broken);
            }
        },
    };

    // What asks for input is an answer, too.
    private static bool IsUnexpected(Exception broken) => broken is not (OperationCanceledException or McpException or InputRequiredException);

    private static McpProtocolException Told(IServiceProvider services, string method, Exception broken)
    {
        var id = RandomNumberGenerator.GetHexString(8, lowercase: true);
        LogBroken(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HandlerGuard)), method, id, broken);
        return new McpProtocolException($"The server could not answer. The operator finds the cause in its log under {id}.", broken, McpErrorCode.InternalError);
    }

    [LoggerMessage(3201, LogLevel.Error, "{Method} broke ({Id})")]
    private static partial void LogBroken(ILogger logger, string method, string id, Exception broken);
}
