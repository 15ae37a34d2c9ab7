using System.Threading.RateLimiting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Limits;
using Touchstage.Mcp.Sessions;

namespace Touchstage.Mcp.Admission;

/// <summary>
/// Bounds the requests of a session and of a tenant that are under way, whichever transport they came by: over legacy SSE and standard input nothing is held open meanwhile, and older clients may leave without ending what they began.
/// </summary>
internal sealed class CallsUnderWay(PortLimits limits) : IDisposable
{
    private const string Listen = "subscriptions/listen";
    private const string Stdio = "stdio";

    private readonly PartitionedRateLimiter<string> sessions = Limiter(limits.Calls);
    private readonly PartitionedRateLimiter<string> tenants = Limiter(limits.TenantCalls);

    public static McpMessageHandler Filter(McpMessageHandler next) => (message, cancellation) =>
        (message.Services ?? message.Server.Services)!.GetRequiredService<CallsUnderWay>().HandleAsync(next, message, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        sessions.Dispose();
        tenants.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int most) =>
        PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetConcurrencyLimiter(who, _ => new() { PermitLimit = most, QueueLimit = 0 }));

    private async Task HandleAsync(McpMessageHandler next, MessageContext message, CancellationToken cancellation)
    {
        // Listens are counted where they are opened. Answers and notifications end by themselves.
        if (message.JsonRpcMessage is not JsonRpcRequest { Method: not Listen })
        {
            await next(message, cancellation);
            return;
        }

        // On standard input there is one session, and it is identified further in.
        var (session, tenant) = message.User?.Identity is SessionIdentity { Refusal: null } identity ? (identity.Demand().SessionId, identity.Demand().Tenant.Value) : (Stdio, Stdio);
        using var ofSession = sessions.AttemptAcquire(session);
        using var ofTenant = tenants.AttemptAcquire(tenant);
        if (!ofSession.IsAcquired || !ofTenant.IsAcquired)
        {
            throw new McpProtocolException("Too many requests of this session or its tenant are under way. Nothing was done for this one. Wait for answers, then send it again.", McpErrorCode.InvalidRequest);
        }

        await next(message, cancellation);
    }
}
