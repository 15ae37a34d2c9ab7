using System.Security.Cryptography;
using ModelContextProtocol;
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
        catch (Exception broken) when (broken is not (OperationCanceledException or McpException))
        {
            var id = RandomNumberGenerator.GetHexString(8, lowercase: true);
            LogBroken(request.Services!.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HandlerGuard)), request.JsonRpcRequest.Method, id, broken);
            throw new McpProtocolException($"The server could not answer. The operator finds the cause in its log under {id}.", broken, McpErrorCode.InternalError);
        }
    };

    [LoggerMessage(3201, LogLevel.Error, "{Method} broke ({Id})")]
    private static partial void LogBroken(ILogger logger, string method, string id, Exception broken);
}
