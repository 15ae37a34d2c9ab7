using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>The kit beside an owner's own schemes, conventions and controllers.</summary>
public sealed class CapabilityCompositionTests
{
    private static readonly KeyValuePair<string, string> OwnersKey = new("X-Owners-Key", "good");

    [Theory]
    [InlineData(true, true, 200)]
    [InlineData(true, false, 403)]
    [InlineData(false, true, 401)]
    [InlineData(false, false, 401)]
    public async Task An_endpoint_that_asks_for_the_owners_scheme_as_well_needs_both(bool token, bool key, int status)
    {
        await using var api = await StartAsync(endpoint: look => look.RequireAuthorization("owner"));

        var answer = await LookAsync(api, token, key);

        answer.Status.ShouldBe(status);
        api.Executed.ShouldBe(status == 200 ? 1 : 0);
        answer.Head.Contains(HeaderKeyHandler.Name, StringComparison.Ordinal).ShouldBe(!token && !key);
    }

    [Fact]
    public async Task Both_challenges_are_in_one_answer_and_neither_says_more_than_it_must()
    {
        await using var api = await StartAsync(endpoint: look => look.RequireAuthorization("owner"));

        var answer = await LookAsync(api, token: false, key: false);

        answer.ShouldTellNothing();
        answer.Head.ShouldContain("WWW-Authenticate: OwnersKey");
    }

    [Fact]
    public async Task The_owners_scheme_alone_does_not_open_an_endpoint_that_requires_a_capability()
    {
        await using var api = await StartAsync(endpoint: look => look.RequireAuthorization("anybody"));

        (await LookAsync(api, token: false, key: true)).ShouldTellNothing();

        api.Executed.ShouldBe(0);
        api.Log.FailedChecks.ShouldBe([StepTokenRequestFailures.Missing]);
    }

    [Fact]
    public async Task A_step_token_opens_no_other_endpoint_of_the_owners()
    {
        await using var api = await StartAsync(map: app => app.MapGet("/owners", () => "owners").RequireAuthorization("owner"));
        var token = new KeyValuePair<string, string>("Txn-Token", api.Minter.Mint(KitApi.Look with { Target = "/owners" }));

        (await api.RawAsync("/owners", token)).Status.ShouldBe(401);
        (await api.RawAsync("/owners", OwnersKey)).Status.ShouldBe(200);
        api.Log.FailedChecks.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endpoint_of_which_nothing_was_said_stays_open_unless_the_owner_closes_what_is_left()
    {
        await using var open = await StartAsync();
        await using var closed = await StartAsync(services: services => services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder(HeaderKeyHandler.Name).RequireAuthenticatedUser().Build()));
        var token = new KeyValuePair<string, string>("Txn-Token", closed.Minter.Mint(KitApi.Look with { Target = "/open" }));

        (await open.RawAsync("/open")).Status.ShouldBe(200);
        (await closed.RawAsync("/open")).Status.ShouldBe(401);
        (await closed.RawAsync("/open", token)).Status.ShouldBe(401);
        (await closed.SendAsync()).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("look", 200)]
    [InlineData("refund_user", 401)]
    public async Task Where_a_group_and_an_endpoint_name_capabilities_only_what_both_name_is_good(string ofEndpoint, int status)
    {
        await using var api = await StartAsync(map: app =>
        {
            var group = app.MapGroup("/group");
            group.RequireCapability("look", "list");
            group.MapGet("/one", () => "one").RequireCapability(ofEndpoint);
        });

        (await SendAsync(api, "/group/one", "look")).Status.ShouldBe(status);
        (await SendAsync(api, "/group/one", "list")).Status.ShouldBe(401);
        (await SendAsync(api, "/group/one", "refund_user")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("/controlled/look", "look", 200)]
    [InlineData("/controlled/look", "refund_user", 401)]
    [InlineData("/controlled/look", null, 401)]
    [InlineData("/controlled/anonymous", "look", 200)]
    [InlineData("/controlled/anonymous", null, 401)]
    [InlineData("/controlled/narrower", "list", 200)]
    [InlineData("/controlled/narrower", "look", 401)]
    public async Task A_controller_requires_what_its_attributes_say(string target, string? scope, int status)
    {
        await using var api = await StartAsync();

        var answer = scope is null ? await api.RawAsync(target) : await SendAsync(api, target, scope);

        answer.Status.ShouldBe(status, answer.Text);
        if (status == 401)
        {
            answer.ShouldTellNothing();
            api.Log.FailedChecks.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_controller_of_an_API_that_forgot_the_kit_and_silenced_the_framework_refuses()
    {
        await using var api = await KitApi.StartAsync(
            wired: false, services: services => AddOwners(services).Configure<RouteOptions>(routes => routes.SuppressCheckForUnhandledSecurityMetadata = true),
            map: app => app.MapControllers().AllowAnonymous());

        (await api.RawAsync("/controlled/look")).Status.ShouldBeOneOf(401, 500);
        (await api.RawAsync("/controlled/anonymous")).Status.ShouldBeOneOf(401, 500);
    }

    [Fact]
    public async Task An_attribute_on_a_handler_that_allows_anonymous_callers_refuses()
    {
        await using var api = await StartAsync(map: app => app.MapGet("/handler", [RequireCapability("look")] () => "ran").AllowAnonymous());

        (await api.RawAsync("/handler")).ShouldTellNothing();
        (await SendAsync(api, "/handler", "look")).Status.ShouldBe(200);
    }

    [Fact]
    public void Capabilities_are_named()
    {
        Should.Throw<ArgumentException>(() => new RequireCapabilityAttribute());
        Should.Throw<ArgumentException>(() => new RequireCapabilityAttribute("look", " "));
        new RequireCapabilityAttribute("look").Scopes.ShouldBe(["look"]);
    }

    private static Task<KitApi> StartAsync(
        Action<RouteHandlerBuilder>? endpoint = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null) => KitApi.StartAsync(
            endpoint: endpoint,
            services: collection =>
            {
                AddOwners(collection);
                services?.Invoke(collection);
            },
            map: app =>
            {
                app.MapControllers();
                map?.Invoke(app);
            });

    private static IServiceCollection AddOwners(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HeaderKeyHandler>(HeaderKeyHandler.Name, null);
        services.AddAuthorizationBuilder()
            .AddPolicy("owner", policy => policy.AddAuthenticationSchemes(HeaderKeyHandler.Name).RequireClaim("owner"))
            .AddPolicy("anybody", policy => policy.AddAuthenticationSchemes(HeaderKeyHandler.Name).RequireAuthenticatedUser());
        services.AddControllers().AddApplicationPart(typeof(ControlledController).Assembly);
        return services;
    }

    private static Task<Answer> LookAsync(KitApi api, bool token, bool key) => api.RawAsync(
        KitApi.Look.Target,
        [
            .. token ? [new KeyValuePair<string, string>("Txn-Token", api.Minter.Mint(KitApi.Look))] : Array.Empty<KeyValuePair<string, string>>(),
            .. key ? [OwnersKey] : Array.Empty<KeyValuePair<string, string>>(),
        ]);

    private static Task<Answer> SendAsync(KitApi api, string target, string scope) =>
        api.RawAsync(target, new KeyValuePair<string, string>("Txn-Token", api.Minter.Mint(new("GET", target, scope))));
}
