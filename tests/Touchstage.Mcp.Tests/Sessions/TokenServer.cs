using System.Net.Http.Headers;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Sessions;

/// <summary>A server that takes the access tokens of an issuer, for all tests of a class.</summary>
public sealed class TokenServer : IAsyncLifetime
{
    internal FakeIssuer Issuer { get; } = FakeIssuer.Start();

    internal RunningServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RunningServer.StartAsync(issuer: Issuer);

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>Sends <c>ping</c>, which needs no session.</summary>
    internal async Task<HttpResponseMessage> PingAsync(string? token, string? session = null, string query = "")
    {
        using var http = Server.Http(token);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp" + query) { Content = new StringContent("""{"jsonrpc":"2.0","id":2,"method":"ping"}""", new MediaTypeHeaderValue("application/json")) };
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return await http.SendAsync(request);
    }
}
