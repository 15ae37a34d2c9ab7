using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>A folder of Touchstage.Safety uses only folders to its left; the root namespace, where all is composed, is used by nobody.</summary>
public sealed class FolderOrder
{
    private const string Library = "Touchstage.Safety";
    private const string Root = "(root)";

    private static readonly string[] LeftToRight =
    [
        "Refusals", "Tenants", "Sessions", "Schemas", "Conditions", "Capabilities", "Policies", "Ledger", "Approvals", "Steps", "Egress", "Credentials", "Upstream", "Webhooks", "Actions",
        "Storage", Root,
    ];

    [Fact]
    public void A_folder_of_the_library_uses_only_folders_to_its_left() =>
        Violations(Assemblies.Safety, Repository.Sources("src/Touchstage.Safety")).ShouldBeEmpty();

    [Fact]
    public void Planted_uses_to_the_right_are_found() =>
        Violations(Assemblies.Planted("FolderOrder", Library), [new("Planted.cs", "using Touchstage.Safety.Storage; namespace Touchstage.Safety.Actions;")]).ShouldBe(
            [
                "Kitchen is not a folder of the design: Touchstage.Safety.Kitchen.Stove",
                "Touchstage.Safety.Actions.Pipeline uses Touchstage.Safety.Storage.Table",
                "Touchstage.Safety.Refusals.Reason uses Touchstage.Safety.Tenants.Customer",
                "Touchstage.Safety.Storage.Table uses Touchstage.Safety.Wiring",
                "Planted.cs: Actions opens Touchstage.Safety.Storage",
            ],
            ignoreOrder: true);

    private static IEnumerable<string> Violations(AssemblyDefinition library, IEnumerable<SourceFile> sources) =>
        library.MainModule.Types.Where(type => !type.IsGenerated()).SelectMany(Violations).Concat(sources.SelectMany(Openings)).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Violations(TypeDefinition type)
    {
        if (Place(type.Namespace) < 0)
        {
            return [$"{Folder(type.Namespace)} is not a folder of the design: {type.FullName}"];
        }

        return type.Uses().Select(used => used.Outermost())
            .Where(used => Folder(used.Namespace) is not null && Place(used.Namespace) > Place(type.Namespace))
            .Select(used => $"{type.FullName} uses {used.FullName}");
    }

    // A constant leaves no trace in the instructions. The compiler holds that no `using` is idle, so what a file opens is what it uses.
    private static IEnumerable<string> Openings(SourceFile source) =>
        from declared in source.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()
        from opened in source.Syntax.Usings
        let name = opened.NamespaceOrType.ToString()
        where Folder(name) is not null && Place(declared.Name.ToString()) >= 0 && Place(name) > Place(declared.Name.ToString())
        select $"{source.Path}: {Folder(declared.Name.ToString())} opens {name}";

    private static int Place(string space) => Array.IndexOf(LeftToRight, Folder(space));

    private static string? Folder(string space) =>
        space == Library ? Root : space.StartsWith(Library + ".", StringComparison.Ordinal) ? space[(Library.Length + 1)..].Split('.')[0] : null;
}
