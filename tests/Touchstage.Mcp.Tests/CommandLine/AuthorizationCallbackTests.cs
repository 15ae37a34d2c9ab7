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
        for (var round = 0; round < 50; round++)
        {
            var (callback, request, state) = await BeginAsync();
            var taken = TakeAsync(callback, request);

            using var page = await browser.GetAsync(new Uri(callback.RedirectUri, $"?code=the-code&state={state}"));

            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await page.Content.ReadAsStringAsync()).ShouldEndWith("</html>");
            (await taken).ShouldContain("the-code");
        }
    }

    // Any page that a browser shows can send it here, and any program of this computer.
    [Fact]
    public async Task WhatIsNoAnswerToTheRequest_IsNotTaken_AndTheOneThatIsStillCounts()
    {
        using var browser = new HttpClient();
        var (callback, request, state) = await BeginAsync();
        var taken = TakeAsync(callback, request);
        var right = new Uri(callback.RedirectUri, $"?code=the-code&state={state}");
        (HttpRequestMessage Sent, HttpStatusCode Answer)[] wrong =
        [
            (new(HttpMethod.Get, new Uri(right, $"/elsewhere{right.Query}")), HttpStatusCode.NotFound),
            (new(HttpMethod.Post, right), HttpStatusCode.NotFound),
            (new(HttpMethod.Get, right) { Headers = { Host = "rebound.example" } }, HttpStatusCode.NotFound),
            (new(HttpMethod.Get, new Uri(right, "?code=another-code&state=another")), HttpStatusCode.BadRequest),
            (new(HttpMethod.Get, new Uri(right, "?code=another-code")), HttpStatusCode.BadRequest),
        ];
        foreach (var (sent, answer) in wrong)
        {
            using var said = await browser.SendAsync(sent);
            said.StatusCode.ShouldBe(answer, $"{sent.Method} {sent.RequestUri} {sent.Headers.Host}");
            taken.IsCompleted.ShouldBeFalse();
        }

        using var page = await browser.GetAsync(right);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await taken).ShouldBe(right.Query);
    }

    private async Task<(AuthorizationCallback Callback, AuthorizationRequest Request, string? State)> BeginAsync()
    {
        var callback = await AuthorizationCallback.StartAsync(0, default);
        var begun = await host.Services.GetRequiredService<IConnectionAuthorization>().BeginAsync(TouchstageHost.TenantOf("acme"), "billing", callback.RedirectUri, default);
        begun.TryGet(out var request, out var refusal).ShouldBeTrue(refusal?.Reason);
        return (callback, request!, HttpUtility.ParseQueryString(request!.Address.Query)["state"]);
    }

    private static async Task<string> TakeAsync(AuthorizationCallback callback, AuthorizationRequest request)
    {
        await using (callback)
        {
            return await callback.AnswerToAsync(request, TimeSpan.FromMinutes(1), default);
        }
    }
}
