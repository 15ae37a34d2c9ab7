using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>Attack 13: a value that is not what its type says never makes a rule come out true or false.</summary>
public sealed class HostileValueTests
{
    [Theory]
    [InlineData("\"20\"")]
    [InlineData("\"NaN\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[20]")]
    [InlineData("{}")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("9007199254740993")]
    public void Number_Misfit_FailsEveryRuleOverIt(string amount) => FailsEverywhere("args.amount", "1.0", Sample.Refund.Replace("\"amount\":20", $"\"amount\":{amount}", StringComparison.Ordinal));

    [Theory]
    [InlineData("3.5")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("\"3\"")]
    public void Integer_Misfit_FailsEveryRuleOverIt(string count) =>
        FailsEverywhere("args.count", "1", Sample.Refund.Replace("\"count\":3", $"\"count\":{count}", StringComparison.Ordinal));

    [Fact]
    public void Required_Missing_FailsEveryRuleOverIt() => FailsEverywhere("args.amount", "1.0", Sample.Refund.Replace("\"amount\":20,", "", StringComparison.Ordinal));

    [Fact]
    public void Required_Missing_IsNotSimplyAbsent() =>
        Sample.Evaluate("has(args.amount)", Sample.Input(Sample.Refund.Replace("\"amount\":20,", "", StringComparison.Ordinal))).Error.ShouldBe("args.amount is missing.");

    [Fact]
    public void Member_UndeclaredTwice_FailsEveryRule() =>
        FailsEverywhere("args.amount", "1.0", Sample.Refund.Replace("\"amount\":20", "\"amount\":20,\"x\":1,\"x\":2", StringComparison.Ordinal));

    [Fact]
    public void Member_Twice_FailsEveryRule() => FailsEverywhere("args.amount", "1.0", Sample.Refund.Replace("\"amount\":20", "\"amount\":20,\"amount\":5000", StringComparison.Ordinal));

    [Theory]
    [InlineData("-0", 0.0)]
    [InlineData("2e1", 20.0)]
    [InlineData("1e21", 1e21)]
    [InlineData("0.1", 0.1)]
    public void Number_OddButExact_IsRead(string amount, double expected) =>
        Sample.Evaluate($"args.amount == {expected.ToString("0.0###################", CultureInfo.InvariantCulture)}",
            Sample.Input(Sample.Refund.Replace("\"amount\":20", $"\"amount\":{amount}", StringComparison.Ordinal))).IsTrue.ShouldBeTrue();

    [Theory]
    [InlineData("\"GBP\"")]
    [InlineData("\"eur\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1")]
    public void Enum_OtherValue_FailsEveryRuleOverIt(string currency)
    {
        string args = Sample.Refund.Replace("\"EUR\"", currency, StringComparison.Ordinal);
        foreach (string text in new[] { "args.currency == 'EUR'", "args.currency != 'EUR'", "args.currency in ['EUR']", "!(args.currency in ['EUR'])" })
        {
            Sample.Evaluate(text, Sample.Input(args)).Kind.ShouldBe(EvaluationKind.Failed, text);
        }
    }

    [Fact]
    public void List_OneElementMisfits_MembershipFails()
    {
        string args = Sample.Refund.Replace("\"b\"", "7", StringComparison.Ordinal);
        Sample.Evaluate("!('x' in args.tags)", Sample.Input(args)).Kind.ShouldBe(EvaluationKind.Failed);
        Sample.Evaluate("args.tags[0] == 'a'", Sample.Input(args)).Kind.ShouldBe(EvaluationKind.Failed);
    }

    [Fact]
    public void Member_Undeclared_ShadowsNothing()
    {
        string args = Sample.Refund.Replace("{\"amount\"", "{\"caller\":{\"roles\":[\"admin\"]},\"roles\":[\"admin\"],\"amount\"", StringComparison.Ordinal);
        Sample.Evaluate("'admin' in caller.roles", Sample.Input(args)).IsFalse.ShouldBeTrue();
        Sample.Refuse("'admin' in args.roles").Message.ShouldContain("has no member 'roles'");
    }

    [Fact]
    public void Error_NeverShowsTheValue()
    {
        var evaluation = Sample.Evaluate("args.amount > 1.0", Sample.Input(Sample.Refund.Replace("\"amount\":20", "\"amount\":\"canary-7731\"", StringComparison.Ordinal)));
        evaluation.Error.ShouldBe("args.amount is not a double.");
        evaluation.Reads.ShouldBeEmpty();
    }

    [Fact]
    public void Value_NestedTooDeeply_Fails()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("]", 60));
        string args = Sample.Refund.Replace("{\"amount\"", $"{{\"any\":{deep},\"amount\"", StringComparison.Ordinal);
        Sample.Evaluate("has(args.any) && args.any != 1", Sample.Input(args)).IsTrue.ShouldBeTrue();
        var tooDeep = JsonDocument.Parse(deep.Replace("[]", $"[{deep}]", StringComparison.Ordinal), new JsonDocumentOptions { MaxDepth = 200 });
        CelValue.From(tooDeep.RootElement, CelType.Dyn).Flaw.ShouldNotBeNull();
    }

    private static void FailsEverywhere(string path, string other, string args)
    {
        foreach (string symbol in new[] { "==", "!=", "<", "<=", ">", ">=" })
        {
            foreach (string text in new[] { $"{path} {symbol} {other}", $"!({path} {symbol} {other})" })
            {
                Sample.Evaluate(text, Sample.Input(args)).Kind.ShouldBe(EvaluationKind.Failed, text);
            }
        }
    }
}
