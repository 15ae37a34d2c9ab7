using System.Net;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>Where a browser comes back to.</summary>
public sealed class AuthorizationCallbackTests : IAsyncLifetime
{
    private TouchstageHost host = null!;

    public async Task InitializeAsync()
    {
        host = await TouchstageHost.StartAsync("https://api.example.com", OAuthScene.Manifests);
        await host.ConnectAsync("acme", "https://api.example.com", """
            type: oauth2_authorization_code, token_endpoint: "https://as.example.com/token", authorization_endpoint: "https://as.example.com/authorize"
            """.Trim());
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task WhoBringsTheAnswer_GetsItsPage_HoweverSoonTheVerbIsDoneWithIt()
    {
        using var browser = new HttpClient();
        var authorization = host.Services.GetRequiredService<IConnectionAuthorization>();
        for (var round = 0; round < 50; round++)
        {
            var callback = await AuthorizationCallback.StartAsync(0, default);
            var begun = await authorization.BeginAsync(TouchstageHost.TenantOf("acme"), "billing", callback.RedirectUri, default);
            begun.TryGet(out var request, out var refusal).ShouldBeTrue(refusal?.Reason);
            var state = HttpUtility.ParseQueryString(request!.Address.Query)["state"];
            var taken = TakeAsync(callback, request);

            using var page = await browser.GetAsync(new Uri(callback.RedirectUri, $"?code=the-code&state={state}"));

            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await page.Content.ReadAsStringAsync()).ShouldEndWith("</html>");
            (await taken).ShouldContain("the-code");
        }
    }

    private static async Task<string> TakeAsync(AuthorizationCallback callback, AuthorizationRequest request)
    {
        await using (callback)
        {
            return await callback.AnswerToAsync(request, TimeSpan.FromMinutes(1), default);
        }
    }
}
