using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class CatalogTests : IDisposable
{
    private readonly ManifestFolderFixture folder = new();
    private readonly MemoryManifests kept = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_name_that_two_files_declare_is_told_at_the_second()
    {
        folder.Write("a/one.yaml", SampleManifest.Text).Write("b/two.yml", $"# again\n{SampleManifest.Text}");

        var problem = CatalogLoader.Load(folder.Path).Problems.ShouldHaveSingleItem();

        (problem.File, problem.Line, problem.Path).ShouldBe(("b/two.yml", 2, "/capability"));
        problem.Message.ShouldContain("a/one.yaml");
        problem.Fix.ShouldContain("another name");
    }

    [Fact]
    public void One_wrong_file_loads_nothing_and_every_file_is_told()
    {
        folder.Write("a.yaml", SampleManifest.Text).Write("b.yaml", "a: yes\n").Write("c.yaml", "b: no\n").Write("notes.txt", "a: yes").Write(".hidden.yaml", "a: yes");

        var load = CatalogLoader.Load(folder.Path);

        load.Capabilities.ShouldBeNull();
        load.Problems.Select(p => p.File).ShouldBe(["b.yaml", "c.yaml"]);
    }

    [Fact]
    public void A_folder_that_is_empty_or_not_there_is_a_problem()
    {
        CatalogLoader.Load(folder.Path).Problems.ShouldHaveSingleItem().Message.ShouldContain("holds no manifest");
        CatalogLoader.Load(Path.Combine(folder.Path, "nowhere")).Problems.ShouldHaveSingleItem().Message.ShouldContain("cannot be read");
    }

    [Fact]
    public void A_file_that_is_not_UTF8_or_too_large_is_a_problem()
    {
        File.WriteAllBytes(Path.Combine(folder.Path, "a.yaml"), [0x61, 0x3A, 0x20, 0xFF, 0xFE]);
        folder.Write("b.yaml", new string('x', SourceText.MaxLength + 1));

        CatalogLoader.Load(folder.Path).Problems.Select(p => p.Message[..26]).ShouldBe(["The file cannot be read: U", "The file is longer than 10"]);
    }

    [Fact]
    public void A_link_that_leads_out_of_the_folder_is_refused()
    {
        using var outside = new ManifestFolderFixture().Write("out.yaml", SampleManifest.Text);
        folder.Write("a.yaml", SampleManifest.Text);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.yaml"), Path.Combine(outside.Path, "out.yaml"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "area"), outside.Path);

        CatalogLoader.Load(folder.Path).Problems.Select(p => (p.File, p.Message)).ShouldBe(
            [("area", "A link to a folder is not followed."), ("link.yaml", "The link leads out of the folder.")], ignoreOrder: true);
    }

    [Fact]
    public void A_link_that_leaves_through_a_hidden_folder_link_is_refused()
    {
        using var outside = new ManifestFolderFixture().Write("out.yaml", SampleManifest.Text);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "..data"), outside.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "link.yaml"), Path.Combine("..data", "out.yaml"));

        CatalogLoader.Load(folder.Path).Problems.ShouldHaveSingleItem().Message.ShouldBe("The link leads out of the folder.");
    }

    [Fact]
    public void A_link_inside_the_folder_is_followed()
    {
        folder.Write(".v1/pay_out.yaml", SampleManifest.Text);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "pay_out.yaml"), Path.Combine(".v1", "pay_out.yaml"));

        CatalogLoader.Load(folder.Path).Capabilities!.Keys.ShouldBe(["pay_out"]);
    }

    [Fact]
    public async Task A_broken_reload_keeps_the_last_good_version()
    {
        var catalog = new Catalog(new(folder.Write("billing/pay_out.yaml", SampleManifest.Text).Path), kept);
        (await catalog.ReloadAsync(default)).IsLoaded.ShouldBeTrue();

        folder.Write("billing/pay_out.yaml", SampleManifest.With(("title: Pay out", "title: yes")));
        var report = await catalog.ReloadAsync(default);

        report.IsLoaded.ShouldBeFalse();
        report.Capabilities.ShouldBeEmpty();
        catalog.For(Tenants.Acme()).Keys.ShouldBe(["pay_out"]);
    }

    [Fact]
    public async Task Every_version_is_kept_under_its_digest_before_it_is_in_force()
    {
        var catalog = new Catalog(new(folder.Write("billing/pay_out.yaml", SampleManifest.Text).Path), kept);
        await catalog.ReloadAsync(default);
        folder.Write("billing/pay_out.yaml", SampleManifest.With(("title: Pay out", "title: Pay more")));
        await catalog.ReloadAsync(default);

        kept.All.Count.ShouldBe(2);
        kept.All[catalog.Current.Capabilities["pay_out"].Manifest.Digest].ShouldBe(catalog.Current.Capabilities["pay_out"].Manifest.Text);
    }

    [Fact]
    public async Task A_version_that_cannot_be_kept_is_not_in_force()
    {
        kept.IsDown = true;
        var catalog = new Catalog(new(folder.Write("billing/pay_out.yaml", SampleManifest.Text).Path), kept);

        await Should.ThrowAsync<IOException>(() => catalog.ReloadAsync(default));

        catalog.For(Tenants.Acme()).ShouldBeEmpty();
    }

    [Fact]
    public void Checking_puts_nothing_in_force()
    {
        var catalog = new Catalog(new(folder.Write("billing/pay_out.yaml", SampleManifest.Text).Path), kept);

        catalog.Check().Capabilities.ShouldBe(["pay_out"]);

        catalog.For(Tenants.Acme()).ShouldBeEmpty();
        kept.All.ShouldBeEmpty();
    }

    [Fact]
    public void A_tenant_has_what_it_names_and_nothing_else()
    {
        var snapshot = Snapshot();

        snapshot.For(Tenants.Acme()).Keys.ShouldBe(["pay_out"]);
        snapshot.For(Tenants.Acme() with { Capabilities = ["pay_out"], Digest = "b" }).Keys.ShouldBe(["pay_out"]);
        snapshot.For(Tenants.Acme() with { Capabilities = ["bill/*", "pay_ou", "*"], Digest = "c" }).ShouldBeEmpty();
        snapshot.For(Tenants.Acme() with { Capabilities = [], Digest = "d" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_capability_whose_connection_the_tenant_lacks_is_not_there() => Snapshot()
        .For(Tenants.Acme() with { Connections = ImmutableSortedDictionary<string, Connection>.Empty }).ShouldBeEmpty();

    [Fact]
    public void A_setting_that_does_not_fit_leaves_the_tenant_without_the_capability() =>
        Snapshot().For(Tenants.Acme() with { Settings = Tenants.Json("""{"limit":"much"}""") }).ShouldBeEmpty();

    [Fact]
    public void Settings_are_the_tenants_over_the_defaults_and_none_that_is_not_declared()
    {
        Snapshot().For(Tenants.Acme())["pay_out"].Settings.GetRawText().ShouldBe("""{"limit":50}""");
        Snapshot().For(Tenants.Acme() with { Settings = Tenants.Json("""{"limit":10,"other":1}""") })["pay_out"].Settings.GetRawText().ShouldBe("""{"limit":10}""");
    }

    [Fact]
    public void A_tenants_rules_join_the_capabilitys()
    {
        var scope = Snapshot().For(Tenants.Acme() with { Policy = [new("review", "args.amount > 1.0", "We look.", []), new("forbid", "args.amount > 9.0", null, ["other"])] })["pay_out"];

        scope.Rules.Select(r => (r.Id, r.Effect)).ShouldBe([("allow[0]", RuleEffect.Allow), ("forbid[1]", RuleEffect.Forbid), ("tenant.review[0]", RuleEffect.Review)]);
    }

    [Theory]
    [InlineData("review", "args.nothing > 1.0")]
    [InlineData("allow", "true")]
    public void A_tenants_rule_that_cannot_stand_leaves_the_tenant_without_the_capability(string effect, string condition) =>
        Snapshot().For(Tenants.Acme() with { Policy = [new(effect, condition, null, [])] }).ShouldBeEmpty();

    [Fact]
    public void An_argument_never_stands_in_the_header_that_carries_the_secret()
    {
        var capability = SampleManifest.Sound(("  timeout: 10s", "  headers: { X-Api-Key: \"{note}\" }"));
        var snapshot = new CatalogSnapshot(ImmutableSortedDictionary<string, Capability>.Empty.Add("pay_out", capability));
        var keyed = new ConnectionAuth(ConnectionAuth.ApiKey, ImmutableSortedDictionary<string, string>.Empty.Add("header", "X-API-Key"));

        snapshot.For(Tenants.Acme()).Count.ShouldBe(1);
        snapshot.For(Tenants.Acme(keyed) with { Digest = "b" }).ShouldBeEmpty();
    }

    [Fact]
    public void One_tenants_view_is_never_anothers()
    {
        var snapshot = Snapshot();
        TenantId.TryParse("globex", out var globex).ShouldBeTrue();

        snapshot.For(Tenants.Acme())["pay_out"].Tenant.Id.Value.ShouldBe("acme");
        snapshot.For(Tenants.Acme() with { Id = globex! })["pay_out"].Tenant.Id.Value.ShouldBe("globex");
    }

    private static CatalogSnapshot Snapshot() => new(ImmutableSortedDictionary<string, Capability>.Empty.Add("pay_out", SampleManifest.Sound()));
}
