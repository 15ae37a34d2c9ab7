using System.Net;
using System.Text;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>Bare requests under one token.</summary>
internal sealed class ResourceWire(ResourceDeployment deployment, string? token) : IAsyncDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"wire","version":"1"}}}""";

    private readonly List<string> opened = [];

    /// <summary>Opens an MCP session.</summary>
    public async Task<(HttpStatusCode Status, string Challenge, string? Session)> InitializeAsync(string query = "")
    {
        using var answer = await SendAsync(HttpMethod.Post, Initialize, null, query);
        var session = answer.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.Single() : null;
        if (session is not null)
        {
            opened.Add(session);
        }

        return (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString(), session);
    }

    /// <summary>Calls a method in a session.</summary>
    public async Task<(HttpStatusCode Status, string Body)> CallAsync(string session, string method)
    {
        using var answer = await SendAsync(HttpMethod.Post, $$"""{"jsonrpc":"2.0","id":2,"method":"{{method}}"}""", session, "");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in opened)
        {
            (await SendAsync(HttpMethod.Delete, null, session, "")).Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? body, string? session, string query)
    {
        using var request = new HttpRequestMessage(method, new Uri(deployment.Server.Address, "/mcp" + query));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return await deployment.Http.SendAsync(request);
    }
}
