using System.Text.RegularExpressions;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>What the threat model says is tested is tested: every test that it names is there.</summary>
public sealed partial class ThreatModel
{
    [Fact]
    public void Every_row_names_tests_that_exist()
    {
        var rows = Rows(Repository.Read("docs", "threat-model.md")).ToArray();

        rows.Length.ShouldBeGreaterThan(40);
        rows.SelectMany(row => Missing(row, Tests())).ShouldBeEmpty();
    }

    [Fact]
    public void A_row_without_a_test_and_a_test_that_is_gone_are_seen()
    {
        var tests = Tests();

        Missing("| a | b | nothing |", tests).ShouldBe(["no test is named: | a | b | nothing |"]);
        Missing("| a | b | `NoSuchTests` |", tests).ShouldBe(["there is no test NoSuchTests"]);
        Missing("| a | b | `ThreatModel.Nor_this` |", tests).ShouldBe(["there is no test ThreatModel.Nor_this"]);
        Missing("| a | b | `ThreatModel.Every_row_names_tests_that_exist`, `tests/Touchstage.Architecture.Tests/DoesNotCompile` |", tests).ShouldBeEmpty();
    }

    private static IEnumerable<string> Rows(string document) =>
        document.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| attack |", StringComparison.Ordinal) && !line.StartsWith("| boundary |", StringComparison.Ordinal));

    private static ILookup<string, string> Tests() => Repository.Sources("tests").ToLookup(source => Path.GetFileNameWithoutExtension(source.Path), source => source.Text, StringComparer.Ordinal);

    private static IEnumerable<string> Missing(string row, ILookup<string, string> tests)
    {
        var named = Name().Matches(row.Split('|')[3]).Select(match => match.Groups["name"].Value).ToArray();
        return named.Length == 0 ? [$"no test is named: {row}"] : named.Where(name => !Exists(name, tests)).Select(name => $"there is no test {name}");
    }

    // A class that is spread over several files is named by one of them: SignIns.LinkTests is the file LinkTests of a folder.
    private static bool Exists(string name, ILookup<string, string> tests)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Directory.Exists(Repository.PathOf(name.Split('/')));
        }

        var parts = name.Split('.');
        return tests.Contains(name) || tests.Contains(parts[^1]) || tests[parts[0]].Any(text => parts is [_, var method] && text.Contains($" {method}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("`(?<name>[A-Za-z][A-Za-z0-9_./]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
