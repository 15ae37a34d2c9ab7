using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class TenantAdministrationTests : IDisposable
{
    private const string Acme = """
        tenant: acme
        name: Acme
        capabilities: ["billing/*"]
        connections: { billing: { baseUrl: "https://api.example", audience: a, auth: { type: step_token } } }
        """;

    private readonly ManifestFolderFixture folder = new ManifestFolderFixture().Write("billing/pay_out.yaml", SampleManifest.Text).Write("team/pay_in.yaml", SampleManifest.With(("capability: pay_out", "capability: pay_in")));
    private readonly MemoryTenants tenants = new();
    private readonly Catalog catalog;
    private readonly TenantAdministration administration;

    public TenantAdministrationTests()
    {
        catalog = new(new(folder.Path), new MemoryManifests());
        administration = new(catalog, tenants);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Applying_a_sound_manifest_puts_it_in_force_and_shows_it()
    {
        await catalog.ReloadAsync(default);

        var report = await administration.ApplyAsync("acme.yaml", Acme, default);

        report.Outcome.ShouldBe(TenantWrite.Created);
        report.Tenant!.Tools.ShouldBe(["pay_out"]);
        report.Tenant.Connections.Single().NeedsSecret.ShouldBeFalse();
        (await administration.ApplyAsync("acme.yaml", Acme, default)).Outcome.ShouldBe(TenantWrite.Unchanged);
        (await administration.ListAsync(default)).Single().Id.Value.ShouldBe("acme");
        (await administration.ShowAsync(TenantId.Parse("acme"), default)).ShouldNotBeNull().Name.ShouldBe("Acme");
        (await administration.ShowAsync(TenantId.Parse("globex"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_manifest_with_a_mistake_leaves_the_tenant_as_it_was()
    {
        await catalog.ReloadAsync(default);
        await administration.ApplyAsync("acme.yaml", Acme, default);

        var report = await administration.ApplyAsync("acme.yaml", Acme.Replace("name: Acme", "name: Acme\nsecret: x", StringComparison.Ordinal), default);

        report.Outcome.ShouldBe(TenantWrite.Refused);
        report.Problems.ShouldHaveSingleItem().Path.ShouldBe("/secret");
        (await administration.ShowAsync(TenantId.Parse("acme"), default))!.Tools.ShouldBe(["pay_out"]);
    }

    [Fact]
    public async Task Without_capabilities_in_force_no_tenant_applies() =>
        (await administration.ApplyAsync("acme.yaml", Acme, default)).Problems.ShouldNotBeEmpty();

    [Fact]
    public async Task An_agent_sees_the_tools_of_its_own_tenant_alone()
    {
        await catalog.ReloadAsync(default);
        await administration.ApplyAsync("acme.yaml", Acme, default);
        await administration.ApplyAsync("globex.yaml", Acme.Replace("tenant: acme", "tenant: globex", StringComparison.Ordinal).Replace("billing/*", "team/*", StringComparison.Ordinal), default);
        var tools = new TenantTools(tenants, catalog);
        var acme = await CallerAsync("acme", SessionKind.Agent);

        (await tools.ListAsync(acme, default)).Select(t => t.Name).ShouldBe(["pay_out"]);
        (await tools.FindAsync(acme, "pay_out", default)).ShouldNotBeNull();
        (await tools.FindAsync(acme, "pay_in", default)).ShouldBeNull();
        (await tools.FindAsync(acme, "nothing", default)).ShouldBeNull();
        (await tools.ListAsync(await CallerAsync("globex", SessionKind.Agent), default)).Select(t => t.Name).ShouldBe(["pay_in"]);
        (await tools.ListAsync(await CallerAsync("initech", SessionKind.Agent), default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_approver_sees_no_tool()
    {
        await catalog.ReloadAsync(default);
        await administration.ApplyAsync("acme.yaml", Acme, default);
        var tools = new TenantTools(tenants, catalog);
        var approver = await CallerAsync("acme", SessionKind.Approver);

        (await tools.ListAsync(approver, default)).ShouldBeEmpty();
        (await tools.FindAsync(approver, "pay_out", default)).ShouldBeNull();
    }

    private static async Task<Caller> CallerAsync(string tenant, SessionKind kind) =>
        (await new Caller.Identifier(new OneSession(tenant, kind), new FakeTimeProvider()).IdentifyAsync("ts_key", default)).TryGet(out var caller, out var refusal)
            ? caller
            : throw new InvalidOperationException(refusal.Reason);
}
