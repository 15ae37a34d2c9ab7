using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("one two", "one two")]
    [InlineData("one two three", "one two|    three")]
    [InlineData("one two three four", "one two|    three|    four")]
    [InlineData("  one two three", "  one two|      three")]
    [InlineData("one  two  three", "one  two|    three")]
    [InlineData("", "")]
    public void What_is_longer_than_a_line_is_broken_between_words(string text, string lines) => WrappedText.Lines(text, 9).ShouldBe(lines.Split('|'));

    [Theory]
    [InlineData("args.amount>5", "args.amount>5")]
    [InlineData("if args.amount>5 holds", "if|    args.amount>5|    holds")]
    [InlineData("            indented far", "            indented|                far")]
    public void A_word_that_is_longer_than_a_line_stays_whole(string text, string lines) => WrappedText.Lines(text, 9).ShouldBe(lines.Split('|'));

    [Fact]
    public void Where_nobody_reads_nothing_is_broken()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 1_000));

        WrappedText.Lines(text, int.MaxValue).ShouldBe([text]);
    }
}
