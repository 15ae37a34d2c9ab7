namespace Touchstage.Mcp.Streams;

/// <summary>Keeps streams of events alive: GET, legacy SSE, and answers that are held open.</summary>
internal sealed class KeepAlive(RequestDelegate next, TimeProvider time)
{
    /// <summary>No stream is silent for longer than one and a half of it. Proxies cut what is silent for 30 to 60 seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async Task InvokeAsync(HttpContext http)
    {
        var body = http.Response.Body;
        await using var kept = new KeepAliveStream(body, () => http.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true, time, Interval);
        http.Response.Body = kept;
        using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var pump = kept.PumpAsync(until.Token);
        try
        {
            await next(http);
        }
        finally
        {
            await until.CancelAsync();
            await pump;
            http.Response.Body = body;
        }
    }
}
