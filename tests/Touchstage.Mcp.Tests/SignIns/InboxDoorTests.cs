using System.Net;

namespace Touchstage.Mcp.Tests.SignIns;

public sealed class InboxDoorTests
{
    private static readonly string[] Headers =
    [
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "Cache-Control: no-store", "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
    ];

    [Theory]
    [InlineData("GET", "/inbox")]
    [InlineData("GET", "/inbox/nothing-of-the-kind")]
    [InlineData("GET", "/INBOX/nothing-of-the-kind")]
    [InlineData("GET", "/inbox/sign-in")]
    [InlineData("POST", "/inbox/sign-out")]
    [InlineData("DELETE", "/inbox/sign-in")]
    public async Task Every_answer_has_the_headers(string method, string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = Browser(server);
        using var answer = await browser.SendAsync(new(new(method), path));

        foreach (var header in Headers.Select(text => text.Split(": ", 2)))
        {
            answer.Headers.GetValues(header[0]).ShouldBe([header[1]]);
        }
    }

    [Fact]
    public async Task A_refused_host_or_origin_has_them_as_well()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = Browser(server);
        foreach (var (name, value) in new[] { ("Host", "evil.example"), ("Origin", "https://evil.example") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/inbox");
            request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await browser.SendAsync(request);

            ((int)answer.StatusCode).ShouldBeInRange(400, 403);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("frame-ancestors 'none'");
        }
    }

    [Fact]
    public async Task Signed_out_a_page_leads_to_the_sign_in_and_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = Browser(server);
        using var answer = await browser.GetAsync("/inbox/approvals/apr_1?x=1");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/inbox/sign-in?to=%2Finbox%2Fapprovals%2Fapr_1%3Fx%3D1");
    }

    [Fact]
    public async Task Signed_out_a_decision_is_refused_and_says_that_nothing_was_done()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = Browser(server);
        using var answer = await browser.PostAsync("/inbox/approvals/apr_1", new FormUrlEncodedContent([]));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Nothing was done.");
    }

    [Fact]
    public async Task A_session_key_is_no_way_into_the_inbox()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = Browser(server);
        browser.DefaultRequestHeaders.Authorization = new("Bearer", await server.Host.ApproverAsync());
        using var answer = await browser.GetAsync("/inbox");

        answer.Headers.Location!.OriginalString.ShouldStartWith("/inbox/sign-in");
    }

    [Fact]
    public async Task A_link_from_another_site_is_followed_by_a_page_of_ours()
    {
        await using var server = await RunningServer.StartAsync();
        using var browser = Browser(server);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        (await browser.GetStringAsync("/inbox/approvals/apr_1")).ShouldContain("""<meta http-equiv="refresh" content="0;url=/inbox/approvals/apr_1">""");
    }

    private static HttpClient Browser(RunningServer server) => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Url };
}
