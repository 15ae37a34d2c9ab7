using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class RegexPatternTests
{
    [Theory]
    [InlineData("^[a-z]+$", "abc", true)]
    [InlineData("^[a-z]+$", "abc\n", false)]
    [InlineData("^\\d+$", "123", true)]
    [InlineData("^\\d+$", "١٢٣", false)]
    [InlineData("^[\\d.]+$", "1.2", true)]
    [InlineData("^\\w+$", "ä", false)]
    [InlineData("^[^\\s]+$", "a b", false)]
    [InlineData("^[]a]+$", "]a", true)]
    [InlineData("^\\$[$]$", "$$", true)]
    [InlineData("(?i)^ab$", "AB", true)]
    [InlineData("^\\x41$", "A", true)]
    public void Compile_MeansWhatRe2Means(string pattern, string text, bool matches) =>
        RegexPattern.Compile(pattern).Regex!.IsMatch(text).ShouldBe(matches);

    [Theory]
    [InlineData("a(?=b)")]
    [InlineData("(?<n>a)")]
    [InlineData("(a)\\1")]
    [InlineData("\\bword")]
    [InlineData("[a-z-[aeiou]]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[^\\W]")]
    [InlineData("a\\")]
    [InlineData("(?m)^a$")]
    [InlineData("(")]
    [InlineData("(((((a{1,900}){1,900}){1,900}){1,900}){1,900})")]
    public void Compile_WhatCannotMeanTheSame_IsRefused(string pattern)
    {
        var (regex, error) = RegexPattern.Compile(pattern);
        regex.ShouldBeNull();
        error.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Compile_CatastrophicPattern_RunsInLinearTime() =>
        RegexPattern.Compile("^(a+)+$").Regex!.IsMatch(new string('a', 100_000) + "!").ShouldBeFalse();
}
