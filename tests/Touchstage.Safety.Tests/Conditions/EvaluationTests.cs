using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData("args.amount < tenant.settings.auto_refund_limit")]
    [InlineData("args.amount > 1 && 1 < args.amount && args.amount == 20")]
    [InlineData("9007199254740993 > 9007199254740992.0")]
    [InlineData("9007199254740993 != 9007199254740992.0")]
    [InlineData("9007199254740992 == 9007199254740992.0")]
    [InlineData("9223372036854775807 < 9223372036854775808.0")]
    [InlineData("-9223372036854775808 == -9223372036854775808.0")]
    [InlineData("3 < 3.5 && -3 > -3.5 && 3.5 > 3")]
    [InlineData("!(0.0/0.0 < 1.0) && !(0.0/0.0 >= 1) && !(0.0/0.0 == 0.0/0.0) && 0.0/0.0 != 1.0 && !(1 <= 0.0/0.0)")]
    [InlineData("-0.0 == 0 && !(-0.0 < 0)")]
    [InlineData("dyn('1') != 1 && !(dyn(null) == false) && dyn([1]) != dyn({'a': 1})")]
    [InlineData("'\\uFFFD' < '\\U00010000'")]
    [InlineData("size('\\U0001F431') == 1 && 'ab'.size() == 2 && size([1, 2]) == 2")]
    [InlineData("'Straße'.upperAscii() == 'STRAßE' && 'ABC'.lowerAscii() == 'abc'")]
    [InlineData("'support' in caller.roles && !('admin' in caller.roles)")]
    [InlineData("now - args.due == duration('10h30m') && now > args.due")]
    [InlineData("now.getHours() == 22 && now.getHours('Europe/Berlin') == 23 && now.getDate('+05:00') == 1")]
    [InlineData("args.tags[1] == 'b' && args.currency.matches('^[A-Z]{3}$')")]
    [InlineData("!has(args.reason) && string(args.count) + '!' == '3!'")]
    [InlineData("{'a': 1}['a'] == 1 && {'a': 1}.a == 1 && 'a' in {'a': 1}")]
    [InlineData("true // a comment")]
    public void Evaluate_Holds(string text) => Sample.Evaluate(text).IsTrue.ShouldBeTrue();

    [Theory]
    [InlineData("9223372036854775807 + args.count > 0", "overflow")]
    [InlineData("(-9223372036854775808) / -1 > 0", "overflow")]
    [InlineData("1 / (args.count - 3) > 0", "divided by zero")]
    [InlineData("1 % (args.count - 3) > 0", "division by zero")]
    [InlineData("args.tags[2] == 'c'", "outside the list")]
    [InlineData("args.tags[-1] == 'c'", "outside the list")]
    [InlineData("{'a': 1}['b'] == 1", "no such key")]
    [InlineData("int('x') > 0", "not a 64-bit int")]
    [InlineData("dyn('a') < 1", "does not take")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s') > now", "outside the years")]
    public void Evaluate_Error_FailsAndIsNeitherTrueNorFalse(string text, string message)
    {
        foreach (string form in new[] { text, $"!({text})", $"({text}) && true", $"true && ({text})", $"({text}) || false", $"false || ({text})", $"({text}) ? true : true" })
        {
            var evaluation = Sample.Evaluate(form);
            evaluation.Kind.ShouldBe(EvaluationKind.Failed, form);
            evaluation.Error!.ShouldContain(message);
            (evaluation.IsTrue || evaluation.IsFalse).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("true || 1/0 > 0", true)]
    [InlineData("1/0 > 0 || true", true)]
    [InlineData("false && 1/0 > 0", false)]
    [InlineData("1/0 > 0 && false", false)]
    [InlineData("true ? true : 1/0 > 0", true)]
    [InlineData("false ? 1/0 > 0 : false", false)]
    public void Evaluate_ErrorThatDoesNotMatter_IsPassedOver(string text, bool expected) => Sample.Evaluate(text).Value.ShouldBe(CelValue.Of(expected));

    [Fact]
    public void Reads_AreTheAttributesReallyReadEachOnceWithItsValue()
    {
        Sample.Evaluate("args.amount > 100 && args.count > 1").Reads.ShouldBe([new("args.amount", "20")]);
        Sample.Evaluate("args.amount > 1 && args.amount < 100 && args.currency == 'EUR' && !has(args.reason) && args.tags[0] == 'a'").Reads.ShouldBe(
            [new("args.amount", "20"), new("args.currency", "\"EUR\""), new("has(args.reason)", "false"), new("args.tags", """["a","b"]""")]);
    }

    [Fact]
    public void Evaluate_OutOfSteps_FailsWhateverTheRestComesTo()
    {
        var condition = Sample.Load("true || args.amount > 1.0");
        condition.Evaluate(Sample.Input(), 2).IsTrue.ShouldBeTrue();
        condition.Evaluate(Sample.Input(), 1).Error!.ShouldContain("steps");
        Sample.Load("facts.customer.email_verified || size(args.tags) > 0").Evaluate(Sample.Input(), 4).Kind.ShouldBe(EvaluationKind.Failed);
        Sample.Load("size(args.tags) > 0 || true").Evaluate(Sample.Input(), 4).Kind.ShouldBe(EvaluationKind.Failed);
    }

    [Fact]
    public void Evaluate_LongTextOverAndOver_IsCutOff()
    {
        string args = Sample.Refund.Replace("\"a\"", $"\"{new string('a', 400_000)}\"", StringComparison.Ordinal);
        Sample.Evaluate("args.tags[0].contains('b')", Sample.Input(args)).IsFalse.ShouldBeTrue();
        string all = string.Join(" || ", Enumerable.Repeat("args.tags[0].contains('b')", 60));
        var environment = new ConditionEnvironment(Sample.Environment.Variables) { Profile = ConditionProfile.Standard };
        Condition.Compile(all, environment).Condition!.Evaluate(Sample.Input(args)).Error!.ShouldContain("steps");
    }

    [Fact]
    public void Evaluate_InputOfAnotherTypeThanDeclared_Fails()
    {
        var environment = new ConditionEnvironment(new Dictionary<string, CelType> { ["x"] = CelType.Double, ["r"] = CelType.List(CelType.String) });
        Condition.Compile("x != 1.0", environment).Condition!.Evaluate(new DictionaryInput(("x", CelValue.Of("1")))).Error.ShouldBe("x is not a double.");
        Condition.Compile("x != 1.0", environment).Condition!.Evaluate(new DictionaryInput()).Kind.ShouldBe(EvaluationKind.Failed);
        Condition.Compile("x == 2.0", environment).Condition!.Evaluate(new DictionaryInput(("x", CelValue.Of(2)))).IsTrue.ShouldBeTrue();
        Condition.Compile("!('admin' in r)", environment).Condition!.Evaluate(new DictionaryInput(("r", CelValue.List([CelValue.Of(1)])))).Kind.ShouldBe(EvaluationKind.Failed);
    }

    [Fact]
    public void Kind_NothingAssigned_ReadsAsFailed() => default(EvaluationKind).ShouldBe(EvaluationKind.Failed);
}
