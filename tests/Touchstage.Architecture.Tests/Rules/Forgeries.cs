using Microsoft.CodeAnalysis;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// Each file of <c>DoesNotCompile/</c> is one forgery, written by somebody who can see every internal. The compiler stops it on the line marked <c>// forged</c>, with the very
/// error that the first line expects and no other.
/// </summary>
public sealed class Forgeries
{
    private const string Folder = "tests/Touchstage.Architecture.Tests/DoesNotCompile";
    private const string Expects = "// expects: ";
    private const string Mark = "// forged";

    public static TheoryData<string> Files => [.. Repository.Sources(Folder).Select(source => source.FileName)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_forgery_does_not_compile(string file) => Violations(Repository.Sources(Folder).Single(source => source.FileName == file)).ShouldBeEmpty();

    [Fact]
    public void The_honest_way_compiles_so_the_compiler_sees_what_the_forgers_see() =>
        Errors(Repository.Sources("tests/Touchstage.Architecture.Tests/Planted").Single(source => source.FileName is "HonestWay.cs")).ShouldBeEmpty();

    [Theory]
    [InlineData("// expects: CS0103\nclass Plan { object Run() => missing; } // forged", null)]
    [InlineData("// expects: CS0103\nclass Plan { object Run() => new(); } // forged", "expects CS0103 at line 2, but has ")]
    [InlineData("// expects: CS0103\nclass Plan { object Run() => missing + absent; } // forged", "expects CS0103 at line 2, but has CS0103 at line 2, CS0103 at line 2")]
    [InlineData("// expects: CS0122\nclass Plan { object Run() => missing; } // forged", "expects CS0122 at line 2, but has CS0103 at line 2")]
    [InlineData("// expects: CS0103\nclass Plan {\n object Run() => missing; \n} // forged", "expects CS0103 at line 4, but has CS0103 at line 3")]
    [InlineData("class Plan { object Run() => missing; } // forged", "does not say what it expects")]
    [InlineData("// expects: CS0103\nclass Plan { object Run() => missing; }", "marks 0 lines")]
    public void Planted_forgeries_that_fail_otherwise_are_found(string text, string? violation) =>
        Violations(new("Planted.cs", text)).ShouldBe(violation is null ? [] : ["Planted.cs " + violation]);

    private static IEnumerable<string> Violations(SourceFile forgery)
    {
        var lines = forgery.Text.Split('\n');
        if (!lines[0].StartsWith(Expects, StringComparison.Ordinal))
        {
            return [$"{forgery.FileName} does not say what it expects"];
        }

        var marked = lines.Index().Where(line => line.Item.TrimEnd().EndsWith(Mark, StringComparison.Ordinal)).Select(line => line.Index + 1).ToArray();
        if (marked is not [var line])
        {
            return [$"{forgery.FileName} marks {marked.Length} lines"];
        }

        var (expected, found) = ($"{lines[0][Expects.Length..].Trim()} at line {line}", string.Join(", ", Errors(forgery)));
        return expected == found ? [] : [$"{forgery.FileName} expects {expected}, but has {found}"];
    }

    // Under the name of this assembly, which the library lets in to its internals: what even a friend cannot write, nobody can.
    private static IEnumerable<string> Errors(SourceFile source) =>
        Sources.Compile(typeof(Forgeries).Assembly.GetName().Name!, source).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic.Id} at line {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}");
}
