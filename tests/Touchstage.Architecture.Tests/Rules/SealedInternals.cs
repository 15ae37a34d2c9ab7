using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// A class is sealed, abstract or static, and where nobody outside is meant to use it, internal: the libraries track what they publish, the server publishes nothing.
/// Razor components are public and open, because their compiler writes them so; what they show is not.
/// </summary>
public sealed class SealedInternals
{
    private const double LeastSealed = 0.95;

    // The class around top-level statements is the compiler's.
    private const string EntryPoint = "Program";

    [Fact]
    public void Classes_are_sealed_unless_they_are_made_to_be_derived_from() => Assemblies.OutsideOfTests.SelectMany(Unsealed).ShouldBeEmpty();

    [Fact]
    public void Nearly_all_classes_are_sealed() => Assemblies.OutsideOfTests.ShouldAllBe(assembly => SealedShare(assembly) >= LeastSealed);

    [Fact]
    public void The_server_publishes_no_type() => Published(Assemblies.Server).ShouldBeEmpty();

    [Fact]
    public void Planted_open_classes_are_found()
    {
        var planted = Assemblies.Planted("SealedInternals");

        Unsealed(planted).ShouldBe(["Planted.Open", "Planted.Holder.Inner", "Planted.Page"], ignoreOrder: true);
        Published(planted).ShouldBe(["Planted.Door", "Planted.Page"]);
        SealedShare(planted).ShouldBe(4 / 8.0);
    }

    private static IEnumerable<string> Unsealed(AssemblyDefinition assembly) =>
        Classes(assembly).Where(type => type is { IsSealed: false, IsAbstract: false }).Select(type => type.ShortName());

    private static IEnumerable<string> Published(AssemblyDefinition assembly) => assembly.WrittenTypes().Where(type => type.IsPublic && type.FullName is not EntryPoint && !IsComponent(type)).Select(type => type.ShortName());

    private static double SealedShare(AssemblyDefinition assembly)
    {
        var classes = Classes(assembly).ToArray();
        return classes.Length is 0 ? 1 : classes.Count(type => type.IsSealed) / (double)classes.Length;
    }

    // Migrations are as their tool writes them. A static class is abstract and sealed.
    private static IEnumerable<TypeDefinition> Classes(AssemblyDefinition assembly) =>
        assembly.WrittenTypes().Where(type => type.IsClass && !type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal) && type.FullName is not EntryPoint && !IsComponent(type));

    // Only what a .razor file stands for, at the place that the type's name says; a component written by hand is a class like any other.
    private static bool IsComponent(TypeDefinition type) =>
        (type.BaseType?.FullName is "Microsoft.AspNetCore.Components.ComponentBase" || type.Name is "_Imports") && Places.Contains($"{type.FullName}.razor");

    private static readonly HashSet<string> Places =
        [.. Repository.Components("src").Select(component => component.Path["src/".Length..].Replace('/', '.'))];
}
