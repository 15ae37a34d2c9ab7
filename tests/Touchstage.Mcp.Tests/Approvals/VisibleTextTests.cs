using Touchstage.Mcp.Approvals;

namespace Touchstage.Mcp.Tests.Approvals;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain, with ümlaut and 漢字", "plain, with ümlaut and 漢字")]
    [InlineData("a\u202Eb", "a<U+202E>b")]
    [InlineData("a\u2066b\u2069", "a<U+2066>b<U+2069>")]
    [InlineData("a\u200Bb\u00ADc\uFEFFd", "a<U+200B>b<U+00AD>c<U+FEFF>d")]
    [InlineData("a\nb\r\u2028c\u2029d\u0085e\vf\fg", "a<U+000A>b<U+000D><U+2028>c<U+2029>d<U+0085>e<U+000B>f<U+000C>g")]
    [InlineData("\u001b[31mred\u0007\0", "<U+001B>[31mred<U+0007><U+0000>")]
    [InlineData("a\u00A0b\u3000c\u3164d", "a<U+00A0>b<U+3000>c<U+3164>d")]
    [InlineData("\uE000 \uFE0F", "<U+E000> <U+FE0F>")]
    [InlineData("\U000E0041", "<U+E0041>")]
    [InlineData("a\u034Fb\u17B4c\u17B5d", "a<U+034F>b<U+17B4>c<U+17B5>d")]
    [InlineData("a\u180Bb\u180Dc\u180Ed\u180Fe", "a<U+180B>b<U+180D>c<U+180E>d<U+180F>e")]
    [InlineData("a\U000E0100b\U000E01EFc", "a<U+E0100>b<U+E01EF>c")]
    public void Line_WhatIsInvisible_IsWrittenOut(string text, string expected) => VisibleText.Line(text).ShouldBe(expected);

    [Theory]
    [InlineData("p\u0430y_1", "p<U+0430>y_1")] // Cyrillic a
    [InlineData("pay_\u03bf1", "pay_<U+03BF>1")] // Greek omicron
    [InlineData("\uff50ay", "<U+FF50>ay")] // full-width p
    [InlineData("\U0001D429ay", "<U+1D429>ay")] // mathematical p
    [InlineData("\u043F\u043B\u0430\u0442\u0435\u0436 1", "\u043F\u043B\u0430\u0442\u0435\u0436 1")] // a Russian word stays one
    public void Line_LookAlikeLettersInAWordOfTwoAlphabets_AreWrittenOut(string text, string expected) => VisibleText.Line(text).ShouldBe(expected);

    [Fact]
    public void Line_HalfACharacter_IsWrittenOut() => VisibleText.Line("a\ud800x").ShouldBe("a<U+D800>x");

    [Fact]
    public void Quote_EveryLine_StandsUnderThePrefix() =>
        VisibleText.Quote("one\r\ntwo\rthree\u2028four\n\nDecision code: X", "| ")
            .ShouldAllBe(line => line.StartsWith("| ", StringComparison.Ordinal));
}
