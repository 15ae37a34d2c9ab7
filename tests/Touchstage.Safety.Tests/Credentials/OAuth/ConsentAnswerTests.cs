using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Refusals;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>What comes back from the browser counts once, in time, and for the request that it answers.</summary>
public sealed class ConsentAnswerTests
{
    private static readonly Uri Back = new("http://127.0.0.1:5000/callback");

    [Fact]
    public async Task AnAnswerThatIsReplayed_IsRefused_AndItsCodeNotSentAgain()
    {
        await using var scene = await Scene.OpenAsync();
        var request = await scene.BeginAsync();

        (await scene.CompleteAsync(request)).Refusal.ShouldBeNull();
        Refused(await scene.CompleteAsync(request), "came twice");
        Refused(await scene.CompleteAsync(request, code: "another"), "came twice");

        scene.Codes.ShouldBe(["the-code"]);
    }

    [Fact]
    public async Task ManyAnswersAtOnce_AreOne()
    {
        await using var scene = await Scene.OpenAsync();
        var request = await scene.BeginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => scene.CompleteAsync(request))));

        answers.Count(answer => answer.Refusal is null).ShouldBe(1);
        scene.Codes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ACodeThatFailed_IsNotTriedAgain()
    {
        await using var scene = await Scene.OpenAsync();
        var request = await scene.BeginAsync();
        scene.Status = 503;
        (await scene.CompleteAsync(request)).Refusal!.Reason.ShouldContain("503");
        scene.Status = 200;

        Refused(await scene.CompleteAsync(request), "came twice");

        scene.Codes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AnAnswerAfterTenMinutes_IsRefused()
    {
        await using var scene = await Scene.OpenAsync();
        var request = await scene.BeginAsync();
        scene.Host.Time.Advance(AuthorizationRequest.GoodFor);

        Refused(await scene.CompleteAsync(request), "too late");

        scene.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task AConnectionThatIsChangedMeanwhile_DoesNotGetWhatWasConsentedToBefore()
    {
        await using var scene = await Scene.OpenAsync();
        var request = await scene.BeginAsync();
        await scene.ConnectAsync("/token/of-another");

        Refused(await scene.CompleteAsync(request), "was changed meanwhile");

        scene.Codes.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnAnswerWithoutARefreshToken_AuthorizesNothing()
    {
        await using var scene = await Scene.OpenAsync();
        scene.Refresh = "";

        Refused(await scene.CompleteAsync(await scene.BeginAsync()), "gave no refresh token");

        (await scene.Host.RefundAsync(await scene.Host.AgentAsync())).Code.ShouldBe("connection_not_authorized");
    }

    [Fact]
    public async Task TheAnswerToAnotherRequest_IsRefused_AndSpendsNothing()
    {
        await using var scene = await Scene.OpenAsync();
        var (request, other) = (await scene.BeginAsync(), await scene.BeginAsync());

        Refused(await scene.CompleteAsync(request, state: StateOf(other)), "its state is another one");
        Refused(await scene.CompleteAsync(request, state: StateOf(request) + "&state=" + StateOf(request)), "its state is another one");
        scene.Codes.ShouldBeEmpty();

        (await scene.CompleteAsync(request)).Refusal.ShouldBeNull();
    }

    private static void Refused(Result<AuthorizedConnection> answer, string why)
    {
        answer.Refusal.ShouldNotBeNull().Code.ShouldBe(OAuthRefusals.Denied);
        answer.Refusal.Reason.ShouldContain(why);
    }

    private static string StateOf(AuthorizationRequest request) => HttpUtility.ParseQueryString(request.Address.Query)["state"]!;

    /// <summary>A tenant whose connection a person authorizes.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private FakeUpstream server = null!;

        public TouchstageHost Host { get; private set; } = null!;

        public int Status { get; set; } = 200;

        public string Refresh { get; set; } = "\"refresh_token\":\"r\",";

        /// <summary>The codes that came to the token endpoint.</summary>
        public IReadOnlyList<string> Codes => [.. server.Exchanges.Select(exchange => OAuthRoom.FormOf(exchange)["code"])];

        public static async Task<Scene> OpenAsync()
        {
            var scene = new Scene();
            scene.server = FakeUpstream.Start(
                exchange => exchange.ReplyAsync(scene.Status, "application/json", $$"""{"access_token":"t",{{scene.Refresh}}"token_type":"Bearer","expires_in":60}"""));
            scene.Host = await TouchstageHost.StartAsync(scene.server.BaseUrl, OAuthScene.Manifests);
            await scene.ConnectAsync("/token");
            return scene;
        }

        public Task ConnectAsync(string token) => Host.ConnectAsync(
            "acme",
            server.BaseUrl,
            $"type: oauth2_authorization_code, token_endpoint: \"{server.BaseUrl}{token}\", authorization_endpoint: \"{server.BaseUrl}/authorize\", network: private");

        public async Task<AuthorizationRequest> BeginAsync() =>
            (await Connections.BeginAsync(TouchstageHost.TenantOf("acme"), "billing", Back, default)).TryGet(out var request, out var no) ? request : throw new InvalidOperationException(no.ToString());

        public Task<Result<AuthorizedConnection>> CompleteAsync(AuthorizationRequest request, string code = "the-code", string? state = null) =>
            Connections.CompleteAsync(request, $"?code={code}&state={state ?? StateOf(request)}", default);

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await server.DisposeAsync();
        }

        private IConnectionAuthorization Connections => Host.Services.GetRequiredService<IConnectionAuthorization>();
    }
}
