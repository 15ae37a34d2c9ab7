using System.Text;
using System.Text.Json;

namespace Touchstage.Mcp.Tests.Transports;

/// <summary>A streamable HTTP session of 2025-11-25 without any client library, for messages that no library would send.</summary>
internal sealed class RawSession(HttpClient http, string id) : IDisposable
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

    public string Id => id;

    public static async Task<RawSession> OpenAsync(HttpClient http)
    {
        using var response = await PostAsync(http, Initialize, null);
        response.EnsureSuccessStatusCode();
        return new(http, response.Headers.GetValues("Mcp-Session-Id").Single());
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient http, string body, string? session)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return http.SendAsync(request);
    }

    public async Task<JsonElement> SendAsync(string body)
    {
        using var response = await PostAsync(http, body, id);
        response.EnsureSuccessStatusCode();
        var data = (await response.Content.ReadAsStringAsync()).Split('\n').First(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return JsonElement.Parse(data["data: ".Length..]);
    }

    public void Dispose()
    {
        // The HttpClient is the test's own.
    }
}
