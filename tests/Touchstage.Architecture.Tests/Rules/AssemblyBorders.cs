using System.Runtime.CompilerServices;
using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// Safety knows no MCP and no web host, step tokens know no ASP.NET, nobody but the server knows MCP, and only tests are let in to a library's internals.
/// </summary>
public sealed class AssemblyBorders
{
    // Data Protection wraps the tenants' keys; it is the one part of ASP.NET Core that is no web host.
    private const string DataProtection = "Microsoft.AspNetCore.DataProtection";

    [Fact]
    public void Safety_knows_no_mcp_and_no_web_host() => Foreign(Assemblies.Safety, [DataProtection], "ModelContextProtocol", "Microsoft.AspNetCore", "touchstage").ShouldBeEmpty();

    [Fact]
    public void Step_tokens_know_no_asp_net_and_nothing_of_the_server()
    {
        Foreign(Assemblies.StepTokens, [], "Microsoft.AspNetCore", "Microsoft.Extensions", "ModelContextProtocol", "Touchstage", "touchstage").ShouldBeEmpty();
        Foreign(Assemblies.VerifierKit, [], "ModelContextProtocol", "Touchstage.Safety", "touchstage").ShouldBeEmpty();
        Repository.Read("src", "Touchstage.StepTokens", "Touchstage.StepTokens.csproj").ShouldNotContain("FrameworkReference");
    }

    [Fact]
    public void The_product_does_not_know_its_sample() => Assemblies.OfSrc.SelectMany(assembly => Foreign(assembly, [], "Storefront")).ShouldBeEmpty();

    [Fact]
    public void Only_tests_are_let_in_to_internals() => Assemblies.OutsideOfTests.SelectMany(LetIn).ShouldBeEmpty();

    [Fact]
    public void Planted_references_and_guests_are_found()
    {
        var planted = Assemblies.Planted("AssemblyBorders", "Touchstage.Safety");

        Foreign(planted, [DataProtection], "ModelContextProtocol", "Microsoft.AspNetCore").ShouldBe(
            ["Touchstage.Safety refers to Microsoft.AspNetCore.Http.Abstractions", "Touchstage.Safety refers to ModelContextProtocol.Core"], ignoreOrder: true);
        LetIn(planted).ShouldBe(["Touchstage.Safety lets in touchstage"]);
    }

    private static IEnumerable<string> Foreign(AssemblyDefinition assembly, string[] allowed, params string[] foreign) =>
        from reference in assembly.MainModule.AssemblyReferences
        where foreign.Any(name => IsOf(reference, name)) && !allowed.Any(name => IsOf(reference, name))
        select $"{assembly.Name.Name} refers to {reference.Name}";

    private static bool IsOf(AssemblyNameReference reference, string name) =>
        reference.Name == name || reference.Name.StartsWith(name + ".", StringComparison.Ordinal);

    private static IEnumerable<string> LetIn(AssemblyDefinition assembly) =>
        from attribute in assembly.CustomAttributes
        where attribute.AttributeType.Name is nameof(InternalsVisibleToAttribute)
        let guest = (string)attribute.ConstructorArguments[0].Value
        where guest is not "Touchstage.TestKit" && !guest.EndsWith(".Tests", StringComparison.Ordinal)
        select $"{assembly.Name.Name} lets in {guest}";
}
