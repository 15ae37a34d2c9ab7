using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class TextEditFunctionsTests
{
    private static readonly CelValue Long = CelValue.Of(new string('a', ConditionLimits.ResultSize));

    [Theory]
    [InlineData("'ÄbZ'.lowerAscii() == 'Äbz' && 'äbz'.upperAscii() == 'äBZ' && 'İı'.lowerAscii() == 'İı' && ''.upperAscii() == ''")]
    [InlineData("'\\t\\u2028 x y \\u3000\\r\\n'.trim() == 'x y' && ''.trim() == '' && ' '.trim() == '' && '\\u200bx\\ufeff'.trim() == '\\u200bx\\ufeff'")]
    [InlineData("'a😀b'.reverse() == 'b😀a' && ''.reverse() == ''")]
    [InlineData("['a', '', 'b'].join('--') == 'a----b' && ['a'].join('-') == 'a' && [].join('-') == '' && ['a', 'b'].join() == 'ab'")]
    [InlineData("'aaa'.replace('aa', 'b') == 'ba' && 'aaa'.replace('a', '') == '' && 'abc'.replace('x', 'y') == 'abc' && ''.replace('', 'x') == 'x'")]
    [InlineData("'a😀'.replace('', '-') == '-a-😀-' && 'abc'.replace('', '-', 2) == '-a-bc'")]
    [InlineData("'aaa'.replace('a', 'b', 0) == 'aaa' && 'aaa'.replace('a', 'b', 2) == 'bba' && 'aaa'.replace('a', 'b', -9223372036854775808) == 'bbb'")]
    [InlineData("'a,b,c'.split(',') == ['a', 'b', 'c'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'a,b,c'.split(',', -1).size() == 3 && 'a,b'.split(',', 9) == ['a', 'b']")]
    [InlineData("''.split(',') == [''] && ''.split('') == [] && ','.split(',') == ['', ''] && 'abc'.split('x') == ['abc'] && 'abc'.split(',', 0) == []")]
    [InlineData("'a😀b'.split('') == ['a', '😀', 'b'] && 'abc'.split('', 2) == ['a', 'bc'] && 'abc'.split('', 1) == ['abc'] && 'ab'.split('', 2) == ['a', 'b']")]
    public void Texts_AreMade(string text) => Sample.Evaluate(text).IsTrue.ShouldBeTrue();

    [Fact]
    public void Quote_WritesWhatReadsBackAndNoHalfPair()
    {
        Functions.Call("strings.quote", CelValue.Of("\a\b\f\n\r\t\v\\\"'é😀")).AsString.ShouldBe("""
            "\a\b\f\n\r\t\v\\\"'é😀"
            """);
        Functions.Call("strings.quote", CelValue.Of("\ud800x")).AsString.ShouldBe("\"\ufffdx\"");
        Functions.Call("strings.quote", CelValue.Of("")).AsString.ShouldBe("\"\"");
    }

    [Fact]
    public void Join_ElementThatIsNoText_Fails() => Sample.Evaluate("['a', dyn(1)].join(',') == 'a'").Error.ShouldBe("'join' needs a list of strings.");

    [Fact]
    public void Join_OfMuch_FailsBeforeItIsMade() =>
        Functions.Call("join", CelValue.Texts(Enumerable.Repeat("a", 10_000)), CelValue.Of(new string('-', 1_000_000))).ShouldBe(BoundedResult.Failure);

    [Fact]
    public void Join_UpToTheLimit_IsMade()
    {
        Functions.Call("join", CelValue.List([Long, CelValue.Of("")])).AsString.Length.ShouldBe(ConditionLimits.ResultSize);
        Functions.Call("join", CelValue.List([Long, CelValue.Of("a")])).ShouldBe(BoundedResult.Failure);
    }

    [Fact]
    public void Replace_OfLittleByMuch_FailsBeforeItIsMade()
    {
        Functions.Call("replace", Long, CelValue.Of("a"), Long).ShouldBe(BoundedResult.Failure);
        Functions.Call("replace", Long, CelValue.Of(""), CelValue.Of("b")).ShouldBe(BoundedResult.Failure);
        Functions.Call("replace", CelValue.Of(new string('a', 400_000)), CelValue.Of("a"), CelValue.Of("")).AsString.ShouldBe("");
    }

    [Fact]
    public void Split_IntoMany_FailsBeforeTheyAreMade()
    {
        Functions.Call("split", Long, CelValue.Of("")).AsList.Length.ShouldBe(ConditionLimits.ResultSize);
        Functions.Call("split", CelValue.Of(Long.AsString + "a"), CelValue.Of("")).ShouldBe(BoundedResult.Failure);
        Functions.Call("split", CelValue.Of(new string(',', 400_000)), CelValue.Of(",")).ShouldBe(BoundedResult.Failure);
    }

    [Fact]
    public void Quote_OfMuchThatDoubles_Fails() => Functions.Call("strings.quote", CelValue.Of(new string('"', 40_000))).ShouldBe(BoundedResult.Failure);

    [Fact]
    public void Result_IsPaidForAsItsArgumentsAre()
    {
        var condition = Sample.Load("args.tags[0].replace('a', args.tags[1]) != 'x'");
        string args = Sample.Refund.Replace("[\"a\",\"b\"]", $"[\"{new string('a', 160)}\",\"{new string('b', 320)}\"]", StringComparison.Ordinal);
        condition.Evaluate(Sample.Input(args), 2_000).Error!.ShouldContain("steps");
        condition.Evaluate(Sample.Input(args), 10_000).IsTrue.ShouldBeTrue();
    }
}
