using System.Net;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Tests.SignIns;

public sealed class LinkTests
{
    private const string Session = "touchstage-session";
    private const string Inside = "/inbox/nothing-of-the-kind";

    [Fact]
    public async Task A_link_signs_one_browser_in_once()
    {
        await using var server = await RunningServer.StartAsync();
        var link = await LinkAsync(server, await server.Host.ApproverAsync());
        using var visitor = new Visitor(server.Url);
        using var second = new Visitor(server.Url);
        var (page, other) = (await visitor.GetAsync(link), await second.GetAsync(link));

        var pressed = await visitor.PressAsync(page);
        var again = await second.PressAsync(other);

        (pressed.Status, pressed.Location).ShouldBe((HttpStatusCode.Redirect, "/inbox"));
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.NotFound);
        again.Status.ShouldBe(HttpStatusCode.Forbidden);
        again.Body.ShouldContain("touchstage inbox open");
        second.Cookies.ShouldNotContainKey(Session);
        (await second.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Looking_at_a_link_takes_nothing_from_it()
    {
        await using var server = await RunningServer.StartAsync();
        var link = await LinkAsync(server, await server.Host.ApproverAsync());
        using var visitor = new Visitor(server.Url);
        for (var i = 0; i < 3; i++)
        {
            (await visitor.GetAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
            visitor.Cookies.ShouldNotContainKey(Session);
        }

        (await visitor.PressAsync(await visitor.GetAsync(link))).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_link_is_good_for_two_minutes()
    {
        await using var server = await RunningServer.StartAsync();
        var link = await LinkAsync(server, await server.Host.ApproverAsync());
        using var visitor = new Visitor(server.Url);
        var page = await visitor.GetAsync(link);

        server.Host.Time.Advance(TimeSpan.FromMinutes(2));

        (await visitor.PressAsync(page)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_cookie_is_strict_and_out_of_reach_of_scripts_and_holds_nothing_to_read()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = await SignedInAsync(server, await server.Host.ApproverAsync());

        var cookie = visitor.Cookies[Session];
        cookie.ShouldEndWith("; path=/; samesite=strict; httponly");
        cookie.ShouldNotContain("ses_");
        cookie.ShouldNotContain("expires=");
        visitor.Cookies.Keys.Order().ShouldBe(["touchstage-form", Session]);
        visitor.Cookies["touchstage-form"].ShouldEndWith("; path=/; samesite=strict; httponly");
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        var link = await LinkAsync(server, await server.Host.ApproverAsync());
        using var visitor = new Visitor(server.Url);
        var page = await visitor.GetAsync(link);
        var ticket = Uri.UnescapeDataString(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]);

        (await visitor.PostAsync("/inbox/sign-in", [new("ticket", ticket)])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.PressAsync(page, [new("form-token", "CfDJ8")])).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var foreign = new Visitor(server.Url);
        (await foreign.PressAsync(page)).Status.ShouldBe(HttpStatusCode.BadRequest, "a token is good only with the cookie that came with it");
        (await visitor.PressAsync(page)).Status.ShouldBe(HttpStatusCode.Redirect, "nothing of that took the ticket");
    }

    [Fact]
    public async Task A_form_of_before_signing_in_is_not_good_afterwards()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = new Visitor(server.Url);
        var page = await visitor.GetAsync(await LinkAsync(server, await server.Host.ApproverAsync()));
        (await visitor.PressAsync(page)).Status.ShouldBe(HttpStatusCode.Redirect);

        (await visitor.PressAsync(page)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("Host", "inbox.example")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task A_link_is_not_taken_from_elsewhere(string header, string value)
    {
        await using var server = await RunningServer.StartAsync(hosts: ["inbox.example"]);
        var link = await LinkAsync(server, await server.Host.ApproverAsync());
        using var visitor = new Visitor(server.Url);
        var page = await visitor.GetAsync(link);
        visitor.Headers[header] = value;

        (await visitor.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await visitor.PressAsync(page)).Status.ShouldBe(HttpStatusCode.Forbidden);

        visitor.Headers.Clear();
        (await visitor.PressAsync(page)).Status.ShouldBe(HttpStatusCode.Redirect, "it was refused before the ticket was looked at");
    }

    [Fact]
    public async Task Behind_a_proxy_no_link_is_taken_and_cookies_are_for_tls_alone()
    {
        await using var server = await RunningServer.StartAsync(isBehindProxy: true);
        using var visitor = new Visitor(server.Url);

        (await visitor.GetAsync(await LinkAsync(server, await server.Host.ApproverAsync()))).Status.ShouldBe(HttpStatusCode.Forbidden);
        server.SignIn(visitor, await server.Host.CallerAsync(await server.Host.ApproverAsync()));
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.NotFound);
        visitor.Cookies.Keys.ShouldBe(["__Host-touchstage-session", "__Host-touchstage-form"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_revoked_session_is_out_at_once_and_its_cookie_is_gone()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Host.ApproverAsync();
        using var visitor = await SignedInAsync(server, key);
        var caller = await server.Host.CallerAsync(key);

        (await server.Services.GetRequiredServiceOf<ISessionAdministration>().RevokeAsync(caller.Tenant, caller.SessionId, default)).Refusal.ShouldBeNull();

        (await visitor.GetAsync(Inside)).Location.ShouldStartWith("/inbox/sign-in");
        visitor.Cookies.ShouldNotContainKey(Session);
    }

    [Fact]
    public async Task Nobody_is_signed_in_for_longer_than_twelve_hours_or_than_the_session()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = await SignedInAsync(server, await server.Host.ApproverAsync());

        server.Host.Time.Advance(TimeSpan.FromHours(11));
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.NotFound);
        server.Host.Time.Advance(TimeSpan.FromMinutes(61));
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect, "being there does not make it longer");

        using var late = await SignedInAsync(server, await server.Host.ApproverAsync());
        server.Host.Time.Advance(TimeSpan.FromDays(7));
        (await late.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_cookie_for_an_agents_session_lets_nobody_in()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = new Visitor(server.Url);
        server.SignIn(visitor, await server.Host.CallerAsync(await server.Host.AgentAsync()));

        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_cookie_is_no_session_key()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = await SignedInAsync(server, await server.Host.ApproverAsync());

        (await visitor.GetAsync("/mcp")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_takes_a_form_of_ours()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = await SignedInAsync(server, await server.Host.ApproverAsync());

        (await visitor.PostAsync("/inbox/sign-out", [])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await visitor.PressAsync(await visitor.GetAsync("/inbox/sign-out"))).Location.ShouldBe("/inbox/sign-in");
        visitor.Cookies.ShouldNotContainKey(Session);
        (await visitor.GetAsync(Inside)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task<Visitor> SignedInAsync(RunningServer server, string key)
    {
        var visitor = new Visitor(server.Url);
        (await visitor.PressAsync(await visitor.GetAsync(await LinkAsync(server, key)))).Status.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    private static async Task<string> LinkAsync(RunningServer server, string key) =>
        (await server.Services.GetRequiredServiceOf<ISignIns>().CreateTicketAsync(await server.Host.CallerAsync(key), default)).TryGet(out var ticket, out var refusal)
            ? $"/inbox/sign-in?ticket={Uri.EscapeDataString(ticket.Reveal())}"
            : throw new ShouldAssertException(refusal.ToString());
}
