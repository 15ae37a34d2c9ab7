using System.Text.RegularExpressions;
using System.Xml.Linq;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>What a library publishes is written down in its PublicAPI files, and nothing silences the analyzer that holds it to them.</summary>
public sealed partial class PublicApiTracked
{
    private static readonly string[] Libraries = ["Touchstage.Safety", "Touchstage.StepTokens", "Touchstage.StepTokens.AspNetCore"];

    [Fact]
    public void Every_library_tracks_its_public_api() => Libraries.SelectMany(library => Untracked(
        Repository.Read("src", library, library + ".csproj"), [.. Directory.EnumerateFiles(Repository.PathOf("src", library)).Select(path => Path.GetFileName(path))])).ShouldBeEmpty();

    [Fact]
    public void Nothing_silences_the_tracking() =>
        new[] { "*.csproj", "*.props", "*.targets", ".editorconfig", ".globalconfig", "*.cs" }
            .SelectMany(pattern => new[] { "src", "." }.SelectMany(folder =>
                Directory.EnumerateFiles(Repository.PathOf(folder), pattern, folder is "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .SelectMany(path => Silenced(Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)))
            .ShouldBeEmpty();

    [Fact]
    public void Planted_untracked_or_silenced_libraries_are_found()
    {
        const string tracking = """<Project><ItemGroup><PackageReference Include="Microsoft.CodeAnalysis.PublicApiAnalyzers" /></ItemGroup></Project>""";

        Untracked(tracking, ["PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt"]).ShouldBeEmpty();
        Untracked("<Project />", ["PublicAPI.Shipped.txt"]).ShouldBe(["no analyzer", "no PublicAPI.Unshipped.txt"]);
        Silenced("a.csproj", "<NoWarn>$(NoWarn);RS0016;CS1591</NoWarn>").ShouldBe(["a.csproj silences RS0016"]);
        Silenced(".editorconfig", "dotnet_diagnostic.RS0017.severity = none").ShouldBe([".editorconfig silences RS0017"]);
        Silenced("a.cs", "#pragma warning disable RS0016, RS0037").ShouldBe(["a.cs silences RS0016", "a.cs silences RS0037"]);
        Silenced("a.csproj", "<NoWarn>CS1591</NoWarn>").ShouldBeEmpty();
    }

    private static IEnumerable<string> Untracked(string project, string[] files)
    {
        if (!XDocument.Parse(project).Descendants("PackageReference").Any(reference => reference.Attribute("Include")?.Value is "Microsoft.CodeAnalysis.PublicApiAnalyzers"))
        {
            yield return "no analyzer";
        }

        foreach (var file in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" }.Except(files, StringComparer.Ordinal))
        {
            yield return $"no {file}";
        }
    }

    private static IEnumerable<string> Silenced(string path, string text) => TrackingRule().Matches(text).Select(match => $"{path} silences {match.Value}");

    [GeneratedRegex(@"\bRS00(16|17|2[2-7]|3[67]|4[18]|5\d)\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TrackingRule();
}
