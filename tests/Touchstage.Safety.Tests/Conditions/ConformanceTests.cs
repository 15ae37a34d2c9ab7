using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed partial class ConformanceTests
{
    /// <summary>Measured; it may only rise.</summary>
    private const int Floor = 559;

    /// <summary>Upstream compares int and double by rounding the int; here they compare exactly, so these come out the other way.</summary>
    private static readonly HashSet<string> ComparedExactly = new(StringComparer.Ordinal)
    {
        "comparisons/lt_literal/not_lt_dyn_int_big_lossy_double",
        "comparisons/gt_literal/not_gt_dyn_big_double_int",
        "comparisons/lte_literal/lte_dyn_big_double_int",
    };

    /// <summary>What does not load yet, with the number of official cases that use it: none of the rest is left out.</summary>
    private static readonly Dictionary<string, int> NotInScope = new(StringComparer.Ordinal)
    {
        ["containers and qualified variables"] = 10,
        ["evaluation without type check"] = 19,
        ["macros"] = 69,
        ["types as values"] = 24,
        ["uint"] = 122,
    };

    [ConformanceFact]
    public void Every_case_in_scope_comes_out_as_the_standard_says_and_every_other_does_not_load()
    {
        var wrong = new List<string>();
        var left = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int ran = 0;
        foreach (var test in CelConformance.Cases())
        {
            string expression = test.GetProperty("expr").GetString()!;
            string name = $"{test.GetProperty("file").GetString()}/{test.GetProperty("section").GetString()}/{test.GetProperty("name").GetString()}";
            string? reason = OutOfScope(test, expression);
            var outcome = Run(test, expression, reason is null);
            bool expected = reason is not null ? outcome.Load.Condition is null : Meets(outcome.Evaluation, test.GetProperty("expect"), ComparedExactly.Contains(name));
            ran += reason is null ? 1 : 0;
            if (reason is not null)
            {
                left[reason] = left.GetValueOrDefault(reason) + 1;
            }

            if (!expected)
            {
                string came = outcome.Evaluation is { } e ? $"{e.Kind} {e.Value}" : outcome.Load.Problems.FirstOrDefault()?.Sentence ?? "loaded";
                wrong.Add($"{name}: {expression} -> {came} ({reason ?? test.GetProperty("expect").GetRawText()})");
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong) + $"\n{ran} ran");
        left.ShouldBe(NotInScope, ignoreOrder: true);
        ran.ShouldBeGreaterThanOrEqualTo(Floor);
    }

    /// <summary>Why a case is out of scope, or null. Whatever is must be a load error, never another answer.</summary>
    private static string? OutOfScope(JsonElement test, string expression)
    {
        string bare = Quoted().Replace(expression, "''");
        return Unsigned().IsMatch(bare) || expression.Contains("uint", StringComparison.Ordinal) || HasUnsigned(test) ? "uint"
            : Macro().IsMatch(bare) || TwoVariableMacro().IsMatch(bare) ? "macros"
            : Types().IsMatch(bare) ? "types as values"
            : test.GetProperty("container").GetString() != "" || Qualified(test) || bare.StartsWith('.') && char.IsLetter(bare[1]) ? "containers and qualified variables"
            : test.GetProperty("disableCheck").GetBoolean() && !IsError(test) ? "evaluation without type check"
            : null;
    }

    private static bool IsError(JsonElement test) => test.GetProperty("expect").TryGetProperty("error", out _);

    private static bool HasUnsigned(JsonElement test) => test.GetProperty("typeEnv").GetRawText().Contains("uint", StringComparison.Ordinal);

    private static bool Qualified(JsonElement test) => Variables(test).Any(v => v.Name.Contains('.', StringComparison.Ordinal));

    private static JsonProperty[] Variables(JsonElement test) =>
        test.GetProperty("vars").ValueKind == JsonValueKind.Object ? [.. test.GetProperty("vars").EnumerateObject()] : [];

    private static (ConditionLoad Load, Evaluation? Evaluation) Run(JsonElement test, string expression, bool inScope)
    {
        var types = !inScope ? [] : test.GetProperty("typeEnv").EnumerateArray()
            .Where(d => d.TryGetProperty("type", out _))
            .ToDictionary(d => d.GetProperty("name").GetString()!, d => CelConformance.Type(d.GetProperty("type").GetString()!), StringComparer.Ordinal);
        var load = Condition.Compile(expression, new ConditionEnvironment(types), CelType.Dyn);
        var input = new DictionaryInput(!inScope ? [] : [.. Variables(test).Select(v => (v.Name, CelConformance.Value(v.Value)))]);
        return (load, load.Condition?.Evaluate(input));
    }

    private static bool Meets(Evaluation? evaluation, JsonElement expect, bool isInverted)
    {
        if (expect.TryGetProperty("error", out _))
        {
            return evaluation is null || evaluation.Kind == EvaluationKind.Failed;
        }

        var expected = CelConformance.Value(expect.GetProperty("value"));
        expected = isInverted ? CelValue.Of(!expected.AsBool) : expected;
        return evaluation?.Value is { } value && value.Kind == expected.Kind
            && (value.Kind == CelKind.Double ? value.AsDouble.Equals(expected.AsDouble) && (double.IsNaN(expected.AsDouble) || double.IsNegative(value.AsDouble) == double.IsNegative(expected.AsDouble)) : CelOrder.AreEqual(value, expected));
    }

    [GeneratedRegex("""[bBrR]*('''.*?'''|\"{3}.*?\"{3}|'(\\.|[^'\\])*'|"(\\.|[^"\\])*")""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(0x[0-9a-fA-F]+|\d+)[uU]\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unsigned();

    [GeneratedRegex(@"\.(all|exists|exists_one|existsOne|map|filter)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Macro();

    [GeneratedRegex(@"\.(transformList|transformMap|transformMapEntry)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TwoVariableMacro();

    [GeneratedRegex(@"\btype\(|google\.protobuf|^(bool|int|double|string|bytes|list|map|null_type|type)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Types();
}
