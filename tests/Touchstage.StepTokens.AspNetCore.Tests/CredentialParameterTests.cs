using CsCheck;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class CredentialParameterTests
{
    private const string Key = "api_key=acme-key-canary";

    [Theory]
    [InlineData("/any/refunds", "/any/refunds?" + Key)]
    [InlineData("/any/refunds?draft=no", "/any/refunds?draft=no&" + Key)]
    [InlineData("/any/refunds?", "/any/refunds?&" + Key)]
    [InlineData("/any/refunds?a=b?c", "/any/refunds?a=b?c&" + Key)]
    [InlineData("/any/refunds", "/any/refunds?api_key=a%2Fb%3d~._-")]
    public async Task The_last_parameter_is_taken_off_and_no_other(string minted, string sent)
    {
        await using var api = await StartAsync();

        (await SendAsync(api, minted, sent)).Status.ShouldBe(200);
        api.Executed.ShouldBe(1);
    }

    [Theory]
    [InlineData("/any/refunds?draft=no")]
    [InlineData("/any/refunds?" + Key + "&draft=no")]
    [InlineData("/any/refunds?draft=no&" + Key + "&" + Key)]
    [InlineData("/any/refunds?api_key=other&draft=no&" + Key)]
    [InlineData("/any/refunds?API_KEY=other&draft=no&" + Key)]
    [InlineData("/any/refunds?api%5Fkey=other&draft=no&" + Key)]
    [InlineData("/any/refunds?api_key&draft=no&" + Key)]
    [InlineData("/any/refunds?draft=no&" + Key + "&")]
    [InlineData("/any/refunds?draft=no&" + Key + ";admin=1")]
    [InlineData("/any/refunds?draft=no&" + Key + "=1")]
    [InlineData("/any/refunds?draft=no&" + Key + "+1")]
    [InlineData("/any/refunds?draft=no&" + Key + "%2")]
    [InlineData("/any/refunds?draft=no&" + Key + "%zz")]
    [InlineData("/any/refunds?draft=no&api_key=")]
    [InlineData("/any/refunds?draft=no&api_key")]
    [InlineData("/any/refunds?draft=no&API_KEY=acme-key-canary")]
    [InlineData("/any/refunds?draft=no&xapi_key=acme-key-canary")]
    [InlineData("/any/refunds&" + Key)]
    public async Task Anything_else_is_refused(string sent)
    {
        await using var api = await StartAsync();

        (await SendAsync(api, "/any/refunds?draft=no", sent)).ShouldTellNothing();
        api.Executed.ShouldBe(0);
        api.Log.FailedChecks.ShouldHaveSingleItem().ShouldBeOneOf(StepTokenRequestFailures.CredentialParameter, StepTokenFailures.Url);
        // The framework's own log of requests, where it is on, does show the query.
        api.Log.Messages.Where(message => message.Contains("Refused", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("/any/refunds?api_key=other")]
    [InlineData("/any/refunds?API_KEY=other")]
    [InlineData("/any/refunds?api%5Fkey=other&draft=no")]
    public async Task A_second_one_that_the_token_covers_is_refused_as_well(string minted)
    {
        await using var api = await StartAsync();

        (await SendAsync(api, minted, minted + "&" + Key)).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.CredentialParameter]);
    }

    [Fact]
    public async Task An_API_without_the_option_takes_nothing_off()
    {
        await using var api = await KitApi.StartAsync();

        (await SendAsync(api, "/any/refunds", "/any/refunds?" + Key)).ShouldTellNothing();
        api.Log.FailedChecks.ShouldBe([StepTokenFailures.Url]);
    }

    [Fact]
    public async Task Nothing_is_smuggled_beside_the_key()
    {
        await using var api = await StartAsync();
        const string minted = "/any/refunds?draft=no";
        string[] texts = ["&", "?", "=", ";", "#", "/", "%26", "%3D", "%", "+", "api_key", "API_KEY", "draft", "yes", "admin", "1", "..", Key];
        var pieces = Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
        var good = 0;

        await Gen.Select(pieces.Array[0, 5], pieces.Array[0, 3]).SampleAsync(async (between, after) =>
        {
            var sent = minted + string.Concat(between) + "&" + Key + string.Concat(after);
            var before = api.Executed;
            var answer = await SendAsync(api, minted, sent);

            // What the token covers, the key and nothing but more of the key's own value: only that may run.
            var isGood = between.Length == 0 && after.All(piece => piece is "%26" or "%3D" or "api_key" or "API_KEY" or "draft" or "yes" or "admin" or "1" or "..");
            answer.Status.ShouldBeOneOf(isGood ? 200 : 401, isGood ? 200 : 400);
            (api.Executed - before).ShouldBe(isGood ? 1 : 0, sent);
            Interlocked.Add(ref good, isGood ? 1 : 0);
        }, iter: 400, threads: 1);

        good.ShouldBeGreaterThan(0);
    }

    private static Task<KitApi> StartAsync() => KitApi.StartAsync(tokens => tokens.CredentialParameter = "api_key");

    private static Task<Answer> SendAsync(KitApi api, string minted, string sent) =>
        api.RawAsync(sent, new KeyValuePair<string, string>("Txn-Token", api.Minter.Mint(KitApi.Look with { Target = minted })));
}
