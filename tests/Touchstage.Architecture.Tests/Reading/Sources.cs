using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Touchstage.Architecture.Tests.Reading;

/// <summary>Compiles C# in memory against everything that the tests themselves run on.</summary>
internal static class Sources
{
    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != Assembly.GetExecutingAssembly().GetName().Name)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; "
        + "global using System.Threading; global using System.Threading.Tasks;",
        Parsing);

    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.CSharp14);

    /// <summary>A compilation of the sources; private members of what they refer to are seen, so that reaching for one is reported as just that.</summary>
    public static CSharpCompilation Compile(string assemblyName, params IEnumerable<SourceFile> files) => CSharpCompilation.Create(
        assemblyName,
        [ImplicitUsings, .. files.Select(file => file.Syntax.SyntaxTree)],
        References.Value,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(NullableContextOptions.Enable)
            .WithMetadataImportOptions(MetadataImportOptions.All));
}
