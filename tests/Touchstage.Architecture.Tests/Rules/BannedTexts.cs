using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>A part is real or absent: no stub, no note of work to come, no test that is switched off.</summary>
public sealed class BannedTexts
{
    [Fact]
    public void No_stubs_no_notes_and_no_tests_switched_off() =>
        Repository.Sources("src", "samples", "tests", "bench").Where(source => !source.Path.Contains("/Planted/", StringComparison.Ordinal)).SelectMany(Violations).ShouldBeEmpty();

    [Fact]
    public void Planted_stubs_notes_and_skips_are_found() =>
        Repository.Sources("tests/Touchstage.Architecture.Tests/Planted").Where(source => source.FileName is "BannedTexts.cs").SelectMany(Violations).ShouldBe(
            ["BannedTexts.cs:5 says TODO", "BannedTexts.cs:8 says FIXME", "BannedTexts.cs:9 says NotImplementedException", "BannedTexts.cs:11 switches a test off"]);

    private static IEnumerable<string> Violations(SourceFile source) =>
        source.Syntax.DescendantNodesAndTokens().SelectMany(Code).Concat(source.Syntax.DescendantTrivia().SelectMany(Notes))
            .OrderBy(found => found.Position)
            .Select(found => $"{source.FileName}:{source.Syntax.SyntaxTree.GetLineSpan(new(found.Position, 0)).StartLinePosition.Line + 1} {found.What}");

    private static IEnumerable<(int Position, string What)> Code(SyntaxNodeOrToken at)
    {
        if (at.IsToken && at.AsToken() is { Text: "NotImplementedException", SpanStart: var start })
        {
            yield return (start, "says NotImplementedException");
        }

        if (at.AsNode() is AttributeArgumentSyntax { NameEquals.Name.Identifier.Text: "Skip" } skip)
        {
            yield return (skip.SpanStart, "switches a test off");
        }
    }

    private static IEnumerable<(int Position, string What)> Notes(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
            ? new[] { "TODO", "FIXME" }.Where(word => trivia.ToFullString().Contains(word, StringComparison.Ordinal)).Select(word => (trivia.SpanStart, $"says {word}"))
            : [];
}
