using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class TextIndexFunctionsTests
{
    [Theory]
    [InlineData("'a😀b'.charAt(1) == '😀' && 'a😀b'.charAt(2) == 'b' && 'a😀b'.charAt(3) == '' && ''.charAt(0) == ''")]
    [InlineData("'a😀b'.indexOf('b') == 2 && 'a😀b😀'.indexOf('😀', 2) == 3 && 'abc'.indexOf('c', 3) == -1")]
    [InlineData("''.indexOf('') == 0 && 'abc'.indexOf('', 3) == 3 && ''.indexOf('a') == -1")]
    [InlineData("'😀a😀'.lastIndexOf('😀') == 2 && '😀a😀'.lastIndexOf('😀', 1) == 0 && '😀'.lastIndexOf('') == 1 && 'abc'.lastIndexOf('', 1) == 1")]
    [InlineData("'aaa'.lastIndexOf('aa') == 1 && 'aaa'.lastIndexOf('aa', 0) == 0 && 'ab'.lastIndexOf('abc') == -1")]
    [InlineData("'a😀b'.substring(1) == '😀b' && 'a😀b'.substring(1, 2) == '😀' && 'a😀b'.substring(3) == '' && 'abc'.substring(0, 0) == ''")]
    public void Places_CountCodePoints(string text) => Sample.Evaluate(text).IsTrue.ShouldBeTrue();

    [Theory]
    [InlineData("'abc'.charAt(4)")]
    [InlineData("'abc'.charAt(-1)")]
    [InlineData("'😀'.charAt(2)")]
    [InlineData("'abc'.charAt(-9223372036854775808)")]
    [InlineData("'abc'.charAt(9223372036854775807)")]
    [InlineData("'abc'.indexOf('a', 4)")]
    [InlineData("'abc'.indexOf('', -1)")]
    [InlineData("'abc'.lastIndexOf('a', 4)")]
    [InlineData("'abc'.lastIndexOf('a', -1)")]
    [InlineData("'abc'.substring(4)")]
    [InlineData("'abc'.substring(0, 4)")]
    [InlineData("'abc'.substring(-1, 2)")]
    public void Places_OutsideTheText_Fail(string text) => Sample.Load(text, CelType.Dyn).Evaluate(Sample.Input()).Error.ShouldBe("The index is outside the text.");

    [Fact]
    public void Substring_EndsBeforeItStarts_Fails() =>
        Sample.Load("'abc'.substring(2, 1)", CelType.Dyn).Evaluate(Sample.Input()).Error.ShouldBe("The part of the text ends before it starts.");

    [Fact]
    public void IndexOf_LongTextInLongText_FindsTheSamePlaces()
    {
        string sought = new string('a', 100) + "b" + new string('a', 100);
        string text = new string('a', 1_000) + "b" + new string('a', 1_000) + "b" + new string('a', 500);
        Functions.Call("indexOf", CelValue.Of(text), CelValue.Of(sought)).AsInt.ShouldBe(text.IndexOf(sought, StringComparison.Ordinal));
        Functions.Call("lastIndexOf", CelValue.Of(text), CelValue.Of(sought)).AsInt.ShouldBe(text.LastIndexOf(sought, StringComparison.Ordinal));
    }
}
