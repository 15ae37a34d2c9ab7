using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// A file's folder is its namespace and its name is the one type in it. A part of a type, such as the stage in a proof, lives beside it in <c>Type.Part.cs</c>.
/// Migrations keep the names that their tool gave them. A Razor component is one type by its file's name, in the namespace of its folder unless it says otherwise, so it must not.
/// </summary>
public sealed class FolderIsNamespace
{
    [Fact]
    public void Folder_is_namespace_and_file_is_type() => Violations(Repository.Sources("src", "samples")).ShouldBeEmpty();

    [Fact]
    public void Components_keep_the_namespace_of_their_folder() => Moved(Repository.Components("src", "samples")).ShouldBeEmpty();

    [Fact]
    public void Planted_components_that_moved_are_found()
    {
        Moved([new("src/Room/Shelf/Page.razor", "<p>@namespace</p>")]).ShouldBeEmpty();
        Moved([new("src/Room/Shelf/Page.razor", "@inject Book Book\n@namespace Room.Box\n<p></p>")]).ShouldBe(["src/Room/Shelf/Page.razor: names a namespace of its own"]);
    }

    [Theory]
    [InlineData("src/Room/Shelf/Book.cs", "namespace Room.Shelf; class Book { class Page; }", null)]
    [InlineData("src/Room/Shelf/Result.cs", "namespace Room.Shelf; struct Result<T>;", null)]
    [InlineData("src/Room/Program.cs", "return 0;", null)]
    [InlineData("src/Room/Shelf/Book.Reader.cs", "namespace Room.Shelf; partial class Book { class Reader; }", null)]
    [InlineData("src/Room/Shelf/Migrations/20260101_First.cs", "namespace Room.Shelf.Migrations; class First; class Second;", null)]
    [InlineData("src/Room/Shelf/Book.cs", "namespace Room.Box; class Book;", "src/Room/Shelf/Book.cs: is in namespace Room.Box")]
    [InlineData("src/Room/Shelf/Book.cs", "namespace Room.Shelf; class Box;", "src/Room/Shelf/Book.cs: declares Box")]
    [InlineData("src/Room/Shelf/Book.cs", "namespace Room.Shelf; class Book; enum Colour;", "src/Room/Shelf/Book.cs: declares Book, Colour")]
    [InlineData("src/Room/Shelf/Book.cs", "namespace Room.Shelf; class Book; delegate void Turn();", "src/Room/Shelf/Book.cs: declares Book, Turn")]
    [InlineData("src/Room/Shelf/Book.cs", "class Book;", "src/Room/Shelf/Book.cs: is in namespace ")]
    [InlineData("src/Room/Shelf/Book.cs", "return 0;", "src/Room/Shelf/Book.cs: declares nothing")]
    [InlineData("src/Room/Shelf/Page.Reader.cs", "namespace Room.Shelf; partial class Page { class Reader; }", "src/Room/Shelf/Page.Reader.cs: there is no Page.cs beside it")]
    [InlineData("src/Room/Shelf/Book.Reader.cs", "namespace Room.Shelf; class Book { class Reader; }", "src/Room/Shelf/Book.Reader.cs: Book is not partial")]
    public void Planted_files_out_of_place_are_found(string path, string text, string? violation) =>
        Violations([new(path, text), new("src/Room/Shelf/Book.cs", "namespace Room.Shelf; class Book;")]).ShouldBe(violation is null ? [] : [violation]);

    private static IEnumerable<string> Moved(IEnumerable<SourceFile> components) => components
        .Where(component => component.Text.Split('\n').Any(line => line.StartsWith("@namespace", StringComparison.Ordinal)))
        .Select(component => $"{component.Path}: names a namespace of its own");

    private static IEnumerable<string> Violations(IReadOnlyList<SourceFile> sources)
    {
        var paths = sources.Select(source => source.Path).ToHashSet(StringComparer.Ordinal);
        return sources.SelectMany(source => Violations(source, paths));
    }

    private static IEnumerable<string> Violations(SourceFile source, HashSet<string> paths)
    {
        var parts = source.Path.Split('/');
        var spaces = source.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Select(space => space.Name.ToString()).ToArray();
        var types = source.Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Cast<MemberDeclarationSyntax>()
            .ToArray();

        if (types.Length is 0)
        {
            // The entry point of an executable is statements.
            return parts is [_, _, "Program.cs"] ? [] : [$"{source.Path}: declares nothing"];
        }

        var expected = string.Join('.', parts[1..^1]);
        if (spaces is not [var space] || space != expected)
        {
            return [$"{source.Path}: is in namespace {string.Join(", ", spaces)}"];
        }

        return expected.EndsWith(".Migrations", StringComparison.Ordinal) ? [] : Misnamed(source, types, paths);
    }

    private static IEnumerable<string> Misnamed(SourceFile source, MemberDeclarationSyntax[] types, HashSet<string> paths)
    {
        var names = source.FileName.Split('.')[..^1];
        if (types.Length > 1 || NameOf(types[0]) != names[0] || names.Length > 2)
        {
            yield return $"{source.Path}: declares {string.Join(", ", types.Select(NameOf))}";
        }
        else if (names is [var outer, _])
        {
            if (!types[0].Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                yield return $"{source.Path}: {outer} is not partial";
            }

            if (!paths.Contains($"{source.Path[..source.Path.LastIndexOf('/')]}/{outer}.cs"))
            {
                yield return $"{source.Path}: there is no {outer}.cs beside it";
            }
        }
    }

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        DelegateDeclarationSyntax @delegate => @delegate.Identifier.Text,
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        _ => "",
    };
}
