using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Touchstage.Mcp.Sessions;

namespace Touchstage.Mcp.Frames;

/// <summary>Reads what is posted, within the port's bounds, and lets only messages through.</summary>
internal sealed class FrameGate(RequestDelegate next)
{
    private const string FirstWithoutInitialize = "2026-07-28";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            await next(http);
            return;
        }

        if (!IsJson(http.Request))
        {
            await HttpRefusal.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "no_json", "Send the message as application/json in UTF-8, not compressed.");
            return;
        }

        using var content = new MemoryStream();
        await ReadAsync(http, content);
        if (FrameCheck.ProblemOf(content.GetBuffer().AsMemory(0, (int)content.Length), http.Request.Headers["MCP-Protocol-Version"] == FirstWithoutInitialize) is { } problem)
        {
            await WriteAsync(http, problem);
            return;
        }

        content.Position = 0;
        http.Request.Body = content;
        await next(http);
    }

    // The web server ends what is too large or comes too slowly. Of what it cannot read it tells part as a fault of the connection.
    private static async Task ReadAsync(HttpContext http, MemoryStream content)
    {
        try
        {
            await http.Request.Body.CopyToAsync(content, http.RequestAborted);
        }
        catch (IOException unread) when (unread is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The content cannot be read.", StatusCodes.Status400BadRequest, unread);
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;

    private static Task WriteAsync(HttpContext http, FrameProblem problem)
    {
        var id = problem.Id is null ? "" : $"\"id\":{problem.Id},";
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$$"""{"jsonrpc":"2.0",{{{id}}}"error":{"code":{{{problem.Code}}},"message":"{{{JsonEncodedText.Encode(problem.Reason)}}}"}}""", http.RequestAborted);
    }
}
