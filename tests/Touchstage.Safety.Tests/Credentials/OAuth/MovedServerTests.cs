using Touchstage.Safety.Credentials.OAuth;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>An issuer's metadata changes between two refreshes: its endpoints may move (RFC 8414), the issuer may not.</summary>
public sealed class MovedServerTests
{
    private const string ByCode = "type: oauth2_authorization_code, token_endpoint_auth_method: client_secret_post";
    private static readonly TimeSpan LongerThanMetadataIsKept = TimeSpan.FromMinutes(11);

    [Fact]
    public async Task ATokenEndpointThatMoves_IsFollowed_WhenTheMetadataIsReadAgain()
    {
        var script = new Script();
        await using var room = await script.OpenAsync();
        (await room.BearerAsync()).ShouldBe("Bearer t1");
        script.TokenEndpoint = here => here + "/token/v2";

        room.Walk.Time.Advance(TimeSpan.FromMinutes(2));
        (await room.BearerAsync()).ShouldBe("Bearer t2");
        room.Walk.Time.Advance(LongerThanMetadataIsKept);
        (await room.BearerAsync()).ShouldBe("Bearer t3");

        Asked(room).ShouldBe(["/token", "/token", "/token/v2"]);
        script.Refreshes.ShouldBe(["r0", "r1", "r2"]);
    }

    [Fact]
    public async Task ATokenEndpointThatIsGone_IsLookedUpAnew_ByTheNextCall()
    {
        var script = new Script();
        await using var room = await script.OpenAsync();
        (await room.BearerAsync()).ShouldBe("Bearer t1");
        (script.TokenEndpoint, script.Gone) = (here => here + "/token/v2", "/token");
        room.Walk.Time.Advance(TimeSpan.FromMinutes(2));

        (await room.RefusedAsync()).Reason.ShouldContain("404");
        (await room.BearerAsync()).ShouldBe("Bearer t2");

        Asked(room).ShouldBe(["/token", "/token", "/token/v2"]);
    }

    [Theory]
    [InlineData("https://elsewhere.example", "{0}/token/v2", "another issuer")]
    [InlineData("{0}/", "{0}/token/v2", "another issuer")]
    [InlineData("{0}", "http://169.254.169.254/token", "may not connect to")]
    [InlineData("{0}", "ftp://127.0.0.1/token", "not one that its protocol knows")]
    [InlineData("{0}", "", "not one that its protocol knows")]
    public async Task MetadataThatTurnsIntoAnothers_IsNotFollowed_AndTheConsentIsKept(string issuer, string endpoint, string why)
    {
        var script = new Script();
        await using var room = await script.OpenAsync();
        (await room.BearerAsync()).ShouldBe("Bearer t1");
        (script.Issuer, script.TokenEndpoint) = (here => issuer.Replace("{0}", here, StringComparison.Ordinal), here => endpoint.Replace("{0}", here, StringComparison.Ordinal));
        room.Walk.Time.Advance(LongerThanMetadataIsKept);

        (await room.RefusedAsync()).Reason.ShouldContain(why);

        Asked(room).ShouldBe(["/token"]);
        (script.Issuer, script.TokenEndpoint) = (here => here, here => here + "/token");
        (await room.BearerAsync()).ShouldBe("Bearer t2");
        script.Refreshes.ShouldBe(["r0", "r1"]);
    }

    [Fact]
    public async Task AManifestThatNamesAnotherServer_DoesNotCarryTheConsentThere()
    {
        var script = new Script();
        await using var room = await script.OpenAsync();
        (await room.BearerAsync()).ShouldBe("Bearer t1");
        await using var other = FakeUpstream.Answering(200, "application/json", "{}");

        await room.ApplyAsync($"{ByCode}, issuer: \"{other.BaseUrl}\"");

        (await room.RefusedAsync()).Code.ShouldBe(OAuthRefusals.NotAuthorized);
        other.Connections.ShouldBe(0);
    }

    private static IEnumerable<string> Asked(OAuthRoom room) => room.Server.Exchanges.Select(exchange => exchange.Target).Where(target => target.StartsWith("/token", StringComparison.Ordinal));

    /// <summary>An issuer that says of itself what the test says, and rotates refresh tokens.</summary>
    private sealed class Script
    {
        private int given;

        public Func<string, string> Issuer { get; set; } = here => here;

        public Func<string, string> TokenEndpoint { get; set; } = here => here + "/token";

        public string? Gone { get; set; }

        public List<string> Refreshes { get; } = [];

        public async Task<OAuthRoom> OpenAsync()
        {
            var room = await OAuthRoom.OpenAsync(AnswerAsync, ByCode);
            await room.ApplyAsync($"{ByCode}, issuer: \"{room.Server.BaseUrl}\"");
            await room.GrantAsync();
            return room;
        }

        private Task AnswerAsync(FakeExchange exchange)
        {
            var here = "http://" + exchange.Header("host");
            if (exchange.Method == "GET")
            {
                return exchange.ReplyAsync(200, "application/json", $$"""{"issuer":"{{Issuer(here)}}","token_endpoint":"{{TokenEndpoint(here)}}"}""");
            }

            if (exchange.Target == Gone)
            {
                return exchange.ReplyAsync(404, "text/html", "");
            }

            Refreshes.Add(OAuthRoom.FormOf(exchange)["refresh_token"]);
            given++;
            return exchange.ReplyAsync(200, "application/json", $$"""{"access_token":"t{{given}}","refresh_token":"r{{given}}","token_type":"Bearer","expires_in":60}""");
        }
    }
}
