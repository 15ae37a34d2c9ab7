using Touchstage.Safety.Conditions.TaggedValues;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class ConformanceTests
{
    /// <summary>Cases of the data, without those of the libraries that are not part of the language here. None is skipped.</summary>
    private const int Cases = 1_148;

    /// <summary>What comes out otherwise on purpose; docs/policies.md gives the reasons.</summary>
    private static readonly HashSet<string> Exceptions = new(StringComparer.Ordinal)
    {
        "comparisons/lt_literal/not_lt_dyn_int_big_lossy_double",
        "comparisons/gt_literal/not_gt_dyn_big_double_int",
        "comparisons/lte_literal/lte_dyn_big_double_int",
    };

    [ConformanceFact]
    public void Every_case_comes_out_as_the_standard_says_but_for_the_listed_exceptions()
    {
        var language = new PolicyLanguage();
        var wrong = new List<string>();
        var exceptions = new HashSet<string>(StringComparer.Ordinal);
        int ran = 0;
        foreach (var test in CelConformance.Cases())
        {
            ran++;
            string name = CelConformance.Name(test);
            if (CelConformance.Misfit(test, language) is not { } answer)
            {
                continue;
            }

            if (!Exceptions.Contains(name))
            {
                wrong.Add($"{name}: {test.GetProperty("expr").GetString()} -> {answer}, not {test.GetProperty("expect").GetRawText()}");
            }

            exceptions.Add(name);
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        exceptions.ShouldBe(Exceptions, ignoreOrder: true);
        ran.ShouldBe(Cases);
    }

    [Fact]
    public void The_exceptions_are_those_that_the_documentation_gives_a_reason_for() =>
        File.ReadLines(Path.Combine(Repository.Root, "docs", "policies.md"))
            .SkipWhile(line => line != "### Where the standard is not followed")
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .ShouldBe(Exceptions, ignoreOrder: true);
}
