using Touchstage.Safety.Credentials.OAuth;

namespace Touchstage.Safety.Tests.Credentials.OAuth;

/// <summary>An authorization server that answers what its protocol does not know.</summary>
public sealed class TokenAnswerTests
{
    [Theory]
    [InlineData("""{"access_token":5,"token_type":"Bearer","expires_in":60}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":["a"],"token_type":"Bearer","expires_in":60}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":null,"token_type":"Bearer","expires_in":60}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":"a\nX-Evil: b","token_type":"Bearer","expires_in":60}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":"a","access_token":"b","token_type":"Bearer","expires_in":60}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":60,"expires_in":6000}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","refresh_token":7,"expires_in":60}""", "not one that its protocol knows")]
    [InlineData("""{"access_token":"a","expires_in":60}""", "not a bearer token")]
    [InlineData("""{"access_token":"a","token_type":["Bearer"],"expires_in":60}""", "not a bearer token")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":"soon"}""", "had expired")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":null}""", "had expired")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":{}}""", "had expired")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":-1e300}""", "had expired")]
    [InlineData("""{"access_token":"a","token_type":"Bearer","expires_in":60""", "not one that its protocol knows")]
    [InlineData("\"access_token\"", "not one that its protocol knows")]
    [InlineData("", "not one that its protocol knows")]
    public async Task WhatIsNoAnswer_OpensNothing(string body, string why)
    {
        await using var room = await OAuthRoom.OpenAsync(e => e.ReplyAsync(200, "application/json", body));
        var refusal = await room.RefusedAsync();
        (refusal.Code, refusal.Reason.Contains(why, StringComparison.Ordinal)).ShouldBe((OAuthRefusals.Unavailable, true), refusal.Reason);
        refusal.Reason.ShouldNotContain("Evil");
    }

    [Fact]
    public async Task TooLongTooDeepOrCompressed_OpensNothing()
    {
        foreach (var (body, header, why) in new[]
        {
            ($$"""{"access_token":"{{new string('a', 16 * 1024 + 1)}}","token_type":"Bearer","expires_in":60}""", "X-Not: needed", "not one that its protocol knows"),
            ($$"""{"access_token":"a","token_type":"Bearer","expires_in":60,"more":"{{new string('a', 64 * 1024)}}"}""", "X-Not: needed", "too large"),
            ($$"""{"access_token":"a","token_type":"Bearer","expires_in":60,"more":{{new string('[', 40)}}{{new string(']', 40)}}}""", "X-Not: needed", "not one that its protocol knows"),
            ("""{"access_token":"a","token_type":"Bearer","expires_in":60}""", "Content-Encoding: gzip", "compressed"),
        })
        {
            await using var room = await OAuthRoom.OpenAsync(e => e.ReplyAsync(200, "application/json", body, header));
            (await room.RefusedAsync()).Reason.ShouldContain(why);
        }
    }

    [Theory]
    [InlineData("\"3600\"")]
    [InlineData("3600.0")]
    [InlineData("99999999999")]
    public async Task ALifetimeThatIsOddlyWritten_IsReadAndBounded(string seconds)
    {
        var given = 0;
        await using var room = await OAuthRoom.OpenAsync(
            e => e.ReplyAsync(200, "application/json", $$"""{"access_token":"t{{Interlocked.Increment(ref given)}}","token_type":"bearer","expires_in":{{seconds}}}"""));
        (await room.BearerAsync()).ShouldBe("Bearer t1");
        (await room.BearerAsync()).ShouldBe("Bearer t1");
        room.Walk.Time.Advance(TimeSpan.FromDays(1));
        (await room.BearerAsync()).ShouldBe("Bearer t2");
    }

    [Theory]
    [InlineData("https://elsewhere.example", "{0}/token", "another issuer")]
    [InlineData("{0}/", "{0}/token", "another issuer")]
    [InlineData("{0}", "ftp://127.0.0.1/token", "not one that its protocol knows")]
    [InlineData("{0}", "/token", "not one that its protocol knows")]
    [InlineData("{0}", "http://user:pass@127.0.0.1/token", "not one that its protocol knows")]
    [InlineData("{0}", "{0}/token#part", "not one that its protocol knows")]
    [InlineData("{0}", "{0}/token\",\"token_endpoint\":\"https://elsewhere.example/token", "not one that its protocol knows")]
    public async Task MetadataThatLeadsElsewhere_IsNotFollowed(string issuer, string endpoint, string why)
    {
        await using var room = await OAuthRoom.OpenAsync(e =>
        {
            var here = "http://" + e.Header("host");
            return e.ReplyAsync(200, "application/json", $$"""{"issuer":"{{issuer.Replace("{0}", here, StringComparison.Ordinal)}}","token_endpoint":"{{endpoint.Replace("{0}", here, StringComparison.Ordinal)}}"}""");
        });
        await room.ApplyAsync($"type: oauth2_client_credentials, issuer: \"{room.Server.BaseUrl}\"");
        (await room.RefusedAsync()).Reason.ShouldContain(why);
        room.Forms.ShouldBeEmpty();
    }
}
