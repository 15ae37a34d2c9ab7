using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Touchstage.Architecture.Tests.Reading;

/// <summary>One C# file and its syntax, or one Razor component.</summary>
/// <param name="Path">Relative to the checkout, with slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public CompilationUnitSyntax Syntax => field ??= CSharpSyntaxTree.ParseText(Text, Sources.Parsing, Path).GetCompilationUnitRoot();

    public string FileName => System.IO.Path.GetFileName(Path);
}
