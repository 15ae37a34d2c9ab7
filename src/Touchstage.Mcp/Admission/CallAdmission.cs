using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Touchstage.Mcp.Limits;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Admission;

/// <summary>
/// Lets in as many requests of a session and of a tenant as are good for the others: so many at a time, so many in a minute. What is held open, to be told of changes, is counted apart, so that it keeps no
/// call out and does not pile up either. It stands behind the check of the key, so that nobody spends what is another's.
/// </summary>
internal static class CallAdmission
{
    private const string Listen = "subscriptions/listen";

    private const string Reason =
        "Too many requests of this session or its tenant are under way, or came within a minute. Nothing was done for this one. Wait as long as Retry-After says, then send it again.";

    public static IServiceCollection AddCallAdmission(this IServiceCollection services, PortLimits limits) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PerMinute(Session, limits.CallsPerMinute),
            PerMinute(Tenant, limits.TenantCallsPerMinute),
            AtATime(Session, limits.Calls, limits.Streams),
            AtATime(Tenant, limits.TenantCalls, limits.TenantStreams));
        options.OnRejected = static (rejected, _) => new(TooMany.WriteAsync(rejected.HttpContext, "too_many_requests", Reason, WaitOf(rejected)));
    });

    /// <summary>Whether a request is one that is held open. Of the newest revision's requests the transport sees to it that the header tells the truth; in others it gains nobody more than the streams they have.</summary>
    public static bool IsStream(HttpRequest request) => HttpMethods.IsGet(request.Method) || request.Headers["Mcp-Method"] == Listen;

    private static PartitionedRateLimiter<HttpContext> PerMinute(Func<Caller, string> who, int most) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(who(CallerOf(http)), _ => new() { PermitLimit = most, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 12, QueueLimit = 0 }));

    // Nobody queues: what waits here would hold its memory and tell its client nothing.
    private static PartitionedRateLimiter<HttpContext> AtATime(Func<Caller, string> who, int calls, int streams) => PartitionedRateLimiter.Create<HttpContext, (string, bool)>(http =>
        IsStream(http.Request)
            ? RateLimitPartition.GetConcurrencyLimiter((who(CallerOf(http)), true), _ => new() { PermitLimit = streams, QueueLimit = 0 })
            : RateLimitPartition.GetConcurrencyLimiter((who(CallerOf(http)), false), _ => new() { PermitLimit = calls, QueueLimit = 0 }));

    private static Caller CallerOf(HttpContext http) => SessionIdentity.Of(http.User).Demand();

    private static string Session(Caller caller) => caller.SessionId;

    private static string Tenant(Caller caller) => caller.Tenant.Value;

    private static TimeSpan? WaitOf(OnRejectedContext rejected) => rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null;
}
