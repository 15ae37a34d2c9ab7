using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class UnknownTests
{
    private const string Customer = "facts.customer.email_verified";
    private const string Account = "facts.account.open";

    [Theory]
    [InlineData($"false && {Customer}", false)]
    [InlineData($"{Customer} && false", false)]
    [InlineData($"true || {Customer}", true)]
    [InlineData($"{Customer} || true", true)]
    [InlineData($"true ? true : {Customer}", true)]
    public void Evaluate_FactThatCannotMatter_IsNotAskedFor(string text, bool expected) => Sample.Evaluate(text).Value.ShouldBe(CelValue.Of(expected));

    [Theory]
    [InlineData(Customer, "customer")]
    [InlineData($"!{Customer}", "customer")]
    [InlineData($"true && {Customer}", "customer")]
    [InlineData($"{Customer} && {Account}", "account,customer")]
    [InlineData($"{Customer} == {Account}", "account,customer")]
    [InlineData($"{Customer} || false", "customer")]
    [InlineData($"{Customer} ? true : false", "customer")]
    [InlineData($"{Customer} && 1/0 > 0", "customer")]
    [InlineData($"1/0 > 0 || {Customer}", "customer")]
    [InlineData("facts.account.age + 1 > 3", "account")]
    [InlineData("has(facts.account.age)", "account")]
    [InlineData("facts.account.age in [1, 2]", "account")]
    [InlineData("2 in [1, facts.account.age]", "account")]
    public void Evaluate_FactThatMatters_IsNamed(string text, string names)
    {
        var evaluation = Sample.Evaluate(text);
        evaluation.Kind.ShouldBe(EvaluationKind.Unknown);
        evaluation.Unknowns.ShouldBe(names.Split(','));
        (evaluation.IsTrue || evaluation.IsFalse || evaluation.Error is not null).ShouldBeFalse();
    }

    [Fact]
    public void Evaluate_OperationOfAnErrorAndAnUnknown_FailsWithoutAsking() =>
        Sample.Evaluate("1/0 == facts.account.age").Kind.ShouldBe(EvaluationKind.Failed);

    [Fact]
    public void Evaluate_AgainWithTheFact_ComesToAValue()
    {
        var condition = Sample.Load($"args.amount < tenant.settings.auto_refund_limit && {Customer}");
        condition.Evaluate(Sample.Input()).Unknowns.ShouldBe(["customer"]);
        var evaluation = condition.Evaluate(Sample.Input(customer: Sample.Verified(true)));
        evaluation.IsTrue.ShouldBeTrue();
        evaluation.Reads[^1].ShouldBe(new(Customer, "true"));
        condition.Evaluate(Sample.Input(customer: Sample.Verified(false))).IsFalse.ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_FailedFact_IsAnErrorUnlessItCannotMatter()
    {
        var failed = CelValue.Failed("The look-up timed out.");
        Sample.Evaluate(Customer, Sample.Input(customer: failed)).Error.ShouldBe("The look-up timed out.");
        Sample.Evaluate($"!{Customer}", Sample.Input(customer: failed)).Kind.ShouldBe(EvaluationKind.Failed);
        Sample.Evaluate($"has({Customer})", Sample.Input(customer: failed)).Kind.ShouldBe(EvaluationKind.Failed);
        Sample.Evaluate($"{Customer} || true", Sample.Input(customer: failed)).IsTrue.ShouldBeTrue();
        Sample.Evaluate($"{Customer} && {Account}", Sample.Input(customer: failed)).Unknowns.ShouldBe(["account"]);
    }

    [Fact]
    public void Evaluate_WholeVariableUnknown_IsNamed() =>
        Sample.Load(Customer).Evaluate(new DictionaryInput(("facts", CelValue.Unknown("facts")))).Unknowns.ShouldBe(["facts"]);
}
