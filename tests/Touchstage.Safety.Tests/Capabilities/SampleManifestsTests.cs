using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class SampleManifestsTests
{
    private static readonly string Root = Repository.Root;

    [Fact]
    public void Every_sample_manifest_loads()
    {
        var load = CatalogLoader.Load(Path.Combine(Root, "capabilities"));

        load.Problems.Select(p => p.ToString()).ShouldBeEmpty();
        load.Capabilities!.Keys.ShouldBe(
        [
            "create_project", "delete_project", "find_payments", "get_customer", "get_payment", "invite_member", "list_invites", "list_projects", "refund_user",
            "send_receipt", "update_customer",
        ]);
    }

    [Fact]
    public void Every_sample_has_three_policy_tests_or_more() => CatalogLoader.Load(Path.Combine(Root, "capabilities")).Capabilities!.Values
        .Where(c => c.Tests.Length < 3).Select(c => c.Name).ShouldBeEmpty();

    [Theory]
    [InlineData("acme", 11)]
    [InlineData("globex", 5)]
    public void Every_sample_tenant_checks_against_the_catalog(string name, int capabilities)
    {
        var catalog = CatalogLoader.Load(Path.Combine(Root, "capabilities")).Capabilities!;
        var document = YamlReader.Read($"{name}.yaml", File.ReadAllText(Path.Combine(Root, "samples", "tenants", $"{name}.yaml")));

        var tenant = TenantManifestReader.Read(document, catalog);

        document.Problems.Select(p => p.ToString()).ShouldBeEmpty();
        new CatalogSnapshot(catalog).For(tenant!).Count.ShouldBe(capabilities);
    }
}
