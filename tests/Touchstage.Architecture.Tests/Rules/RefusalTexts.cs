using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// What a caller is told with each refusal, as it stands in the code: held to a file, so that a change is read by somebody. It is accepted with
/// <c>TOUCHSTAGE_WRITE_SNAPSHOTS=1</c>.
/// </summary>
public sealed class RefusalTexts
{
    private const string File = "tests/Touchstage.Architecture.Tests/Snapshots/refusals.txt";
    private const string Write = "TOUCHSTAGE_WRITE_SNAPSHOTS";

    [Fact]
    public void Every_refusals_text_is_the_one_that_was_read()
    {
        var now = string.Join('\n', Texts().Order(StringComparer.Ordinal)) + "\n";
        if (Environment.GetEnvironmentVariable(Write) is "1")
        {
            System.IO.File.WriteAllText(Repository.PathOf(File), now);
        }

        Repository.Read(File).ShouldBe(now, $"What callers are told has changed. If it is meant, run this test again with {Write}=1, read the difference in {File}, and commit it.");
    }

    [Fact]
    public void A_text_is_found_wherever_a_refusal_is_made() =>
        Texts("""class R { static Refusal A(string x) => new(Forbidden, $"No {x}."); Refusal B() { return new Refusal(Codes.Late, because ?? "Too " + "late."); } int C() => new(1, "x").Y; }""")
            .ShouldBe(["R.A Forbidden: $\"No {x}.\"", "R.B Codes.Late: because ?? \"Too \" + \"late.\""]);

    private static IEnumerable<string> Texts() =>
        Directory.EnumerateFiles(Repository.PathOf("src/Touchstage.Safety"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Texts(System.IO.File.ReadAllText(path)).Concat(Path.GetFileName(path).EndsWith("Refusals.cs", StringComparison.Ordinal) ? Parts(System.IO.File.ReadAllText(path)) : []));

    // Where a reason is put together by a method of its own.
    private static IEnumerable<string> Parts(string source) =>
        from method in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.ReturnType.ToString() == "string"
        from text in method.DescendantNodes().Where(node => node is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax)
        where text.Ancestors().OfType<InterpolatedStringExpressionSyntax>().FirstOrDefault() is null
        select $"{method.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text}.{method.Identifier.Text} part: {OneLine((ExpressionSyntax)text)}";

    private static IEnumerable<string> Texts(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        return from made in root.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
               where made.ArgumentList is { Arguments.Count: >= 2 } && IsRefusal(made)
               let arguments = made.ArgumentList!.Arguments
               let type = made.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text
               let method = made.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.Identifier.Text ?? "(field)"
               select $"{type}.{method} {arguments[0].Expression}: {OneLine(arguments[1].Expression)}";
    }

    // By name, or where the method around says that it gives one and the first argument is a code.
    private static bool IsRefusal(BaseObjectCreationExpressionSyntax made) => made is ObjectCreationExpressionSyntax { Type: var type }
        ? type.ToString() == "Refusal"
        : made.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.ReturnType.ToString() is "Refusal" or "Refusal?"
            && (made.ArgumentList!.Arguments[0].Expression is MemberAccessExpressionSyntax || (made.ArgumentList.Arguments[0].Expression is IdentifierNameSyntax { Identifier.Text: var name } && char.IsAsciiLetterUpper(name[0])));

    private static string OneLine(ExpressionSyntax expression) => string.Join(' ', expression.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
