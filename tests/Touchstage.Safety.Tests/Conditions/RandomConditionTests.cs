using CsCheck;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class RandomConditionTests
{
    private static readonly string[] Words =
    [
        "args", ".", "amount", "reason", "tags", "facts", "customer", "email_verified", "account", "age", "now", "(", ")", "[", "]", "{", "}", "has", "size",
        "true", "false", "null", "1", "0", "2.5", "9223372036854775807", "'a'", "\"b\"", "r'c'", "b'd'", "+", "-", "*", "/", "%", "<", "<=", "==", "!=", "in", "&&", "||",
        "!", "?", ":", ",", "dyn", "int", "timestamp", "duration", "matches", "getHours", "`x`", "\\", "'", "\"\"\"", "//", "\n", "0x", "1e", "u", "\ud800", "é",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[0, 200],
        Gen.Char[' ', '~'].Array[0, 200].Select(c => new string(c)),
        Pick(Words).Array[0, 60].Select(w => string.Join(' ', w)),
        Pick(Words).Array[0, 400].Select(string.Concat));

    private static readonly Gen<string> Terms = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Pick("true", "false", "1/0 > 0", "facts.customer.email_verified", "facts.account.open", "args.amount > 10", "args.any == 1")
        : Gen.OneOf(
            Pick("true", "false", "1/0 > 0", "facts.customer.email_verified", "facts.account.open", "args.amount > 10"),
            Gen.Select(inner, inner, (a, b) => $"({a} && {b})"),
            Gen.Select(inner, inner, (a, b) => $"({a} || {b})"),
            inner.Select(a => $"!({a})"),
            Gen.Select(inner, inner, inner, (a, b, c) => $"({a} ? {b} : {c})")));

    [Fact]
    public void Any_text_loads_or_is_refused_with_a_problem_inside_the_text() => Texts.Sample(
        text =>
        {
            var load = Condition.Compile(text, Sample.Environment, CelType.Dyn);
            if (load.Condition is { } condition)
            {
                condition.Evaluate(Sample.Input());
                return load.Problems.IsEmpty;
            }

            return !load.Problems.IsEmpty && load.Problems.All(p =>
                p.Position >= 0 && p.Length >= 0 && p.Position + p.Length <= text.Length && p.Render(text).Split('\n').Length == 2);
        },
        iter: 20_000);

    [Fact]
    public void The_same_input_always_comes_to_the_same() => Terms.Where(t => !t.Contains("args.any", StringComparison.Ordinal)).Sample(
        text =>
        {
            var condition = Sample.Load(text);
            var (first, second) = (condition.Evaluate(Sample.Input()), Sample.Load(text).Evaluate(Sample.Input()));
            return Told(first) == Told(second) && first.Reads.SequenceEqual(second.Reads);
        },
        iter: 2_000);

    [Fact]
    public void What_is_decided_without_a_fact_stays_so_whatever_the_fact_is() => Terms.Where(t => !t.Contains("args.any", StringComparison.Ordinal)).Sample(
        text =>
        {
            var condition = Sample.Load(text);
            var before = condition.Evaluate(Sample.Input());
            var open = CelValue.Map(("open", CelValue.True), ("age", CelValue.Of(1)));
            CelValue[] customers = [Sample.Verified(true), Sample.Verified(false), CelValue.Failed("down")];
            return before.Kind == EvaluationKind.Unknown
                ? !before.Unknowns.IsEmpty
                : customers.All(c => Told(condition.Evaluate(Sample.Input(customer: c, account: open))) == Told(before));
        },
        iter: 2_000);

    [Fact]
    public void Swapping_the_sides_of_a_logical_operator_changes_nothing() => Gen.Select(Terms, Terms).Where((a, b) => !(a + b).Contains("args.any", StringComparison.Ordinal)).Sample(
        (a, b) => new[] { "&&", "||" }.All(symbol => Told(Sample.Evaluate($"({a}) {symbol} ({b})")) == Told(Sample.Evaluate($"({b}) {symbol} ({a})"))),
        iter: 2_000);

    private static Gen<string> Pick(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    private static string Told(Evaluation e) => e.Kind switch
    {
        EvaluationKind.Value => $"{e.Value}",
        EvaluationKind.Unknown => $"unknown {string.Join(',', e.Unknowns)}",
        _ => "failed",
    };
}
