using System.Net;
using System.Web;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>The way of a person's consent, and what else may come back to the waiting verb.</summary>
[Collection(ProviderCollection.Name)]
public sealed class ConsentTests(OAuthDeployment deployment)
{
    [ProviderFact]
    public async Task What_answers_another_request_changes_nothing_and_the_right_answer_is_still_taken()
    {
        await using var run = await deployment.AuthorizeAsync();
        var back = await run.ConsentAsync();

        (await StatusAsync(run, With(back, "state", "other"))).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(run, With(back, "state", null))).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(run, new Uri(back, "/"))).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(run, new Uri(back, "/callback/more" + back.Query))).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(run, back, HttpMethod.Post)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(run, back, HttpMethod.Get, "rebound.example")).ShouldBe(HttpStatusCode.NotFound);
        using var page = await run.Browser.GetAsync(back);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        (await page.Content.ReadAsStringAsync()).ShouldContain("You can close this window");
        (await run.EndedAsync()).ExitCode.ShouldBe(0);
    }

    [ProviderTheory]
    [InlineData("iss", null, "not of the authorization server")]
    [InlineData("iss", "https://elsewhere.example", "not of the authorization server")]
    [InlineData("code", "made-up", "invalid_grant")]
    [InlineData("code", null, "holds no code")]
    public async Task A_changed_answer_is_refused(string name, string? value, string why)
    {
        await using var run = await deployment.AuthorizeAsync();

        await StatusAsync(run, With(await run.ConsentAsync(), name, value));

        await RefusedAsync(run, why);
    }

    [ProviderFact]
    public async Task A_person_who_says_no_is_believed_and_the_servers_words_are_not_repeated()
    {
        await using var run = await deployment.AuthorizeAsync();

        await StatusAsync(run, await run.ConsentAsync("no"));

        (await RefusedAsync(run, "access_denied")).Error.ShouldNotContain("previous");
    }

    [ProviderFact]
    public async Task The_code_of_another_request_is_refused()
    {
        await using var first = await deployment.AuthorizeAsync();
        await using var second = await deployment.AuthorizeAsync();
        var stolen = HttpUtility.ParseQueryString((await first.ConsentAsync()).Query)["code"];

        await StatusAsync(second, With(await second.ConsentAsync(), "code", stolen));

        await RefusedAsync(second, "invalid_grant");
    }

    [ProviderFact]
    public async Task From_another_computer_the_address_is_pasted()
    {
        await using var run = await deployment.AuthorizeAsync("--paste");
        await run.TypeAsync((await run.ConsentAsync()).AbsoluteUri);
        var done = await run.EndedAsync();
        done.ExitCode.ShouldBe(0, done.Error);
        done.Output.ShouldContain("is authorized");

        await using var other = await deployment.AuthorizeAsync("--paste");
        await other.TypeAsync(new UriBuilder(await other.ConsentAsync()) { Port = 1 }.Uri.AbsoluteUri);
        await RefusedAsync(other, "not the address");
    }

    private static async Task<Finished> RefusedAsync(AuthorizeRun run, string why)
    {
        var ended = await run.EndedAsync();
        ended.ExitCode.ShouldBe(1, ended.Output + ended.Error);
        ended.Error.ShouldContain(why);
        ended.Output.ShouldNotContain("is authorized");
        return ended;
    }

    private static async Task<HttpStatusCode> StatusAsync(AuthorizeRun run, Uri address, HttpMethod? method = null, string? host = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        request.Headers.Host = host;
        using var answer = await run.Browser.SendAsync(request);
        return answer.StatusCode;
    }

    private static Uri With(Uri address, string name, string? value)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        query.Remove(name);
        if (value is not null)
        {
            query[name] = value;
        }

        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }
}
