using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Tests.Schemas;

public sealed class EcmaPatternTests
{
    [Theory]
    [InlineData("^pay_[a-z0-9]+$", "pay_1", true)]
    [InlineData("^pay_[a-z0-9]+$", "pay_1\n", false)]
    [InlineData("^pay_[a-z0-9]+$", "x\npay_1", false)]
    [InlineData(@"^\d$", "৪", false)]
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^[\w-]+$", "a-b_c", true)]
    [InlineData(@"^[^\d]$", "5", false)]
    [InlineData(@"^[\s\S]*$", "any\nthing😀", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^.$", "\n", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😃]{2}$", "😁😂", true)]
    [InlineData("^[😀-😃]{2}$", "😁🤀", false)]
    [InlineData(@"^[\u{1F300}-\u{1F9FF}]$", "🐲", true)]
    [InlineData(@"^\ud83d\udc32*$", "🐲🐲", true)]
    [InlineData("^🐲*$", "🐲🐲", true)]
    [InlineData(@"^\p{Lu}\P{L}$", "Ä1", true)]
    [InlineData(@"^\cJ\x41\0$", "\nA\0", true)]
    [InlineData("^(?<year>[0-9]{4})-(?:a|b)+?$", "2031-ab", true)]
    [InlineData("b", "abc", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^[^]$", "a", true)]
    [InlineData("^a #b$", "a #b", true)]
    [InlineData(@"^\$\(\)\[\]\{\}\.\*\+\?\^\|\/\-$", "$()[]{}.*+?^|/-", true)]
    [InlineData("^[a-]$", "-", true)]
    [InlineData(@"^[\b]$", "\b", true)]
    [InlineData("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    public void Compile_MatchesAsEcma262Does(string pattern, string text, bool expected)
    {
        var (regex, why) = EcmaPattern.Compile(pattern);

        why.ShouldBeNull();
        regex!.IsMatch(text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("(?=a)b", "linear time")]
    [InlineData("(?!a)b", "linear time")]
    [InlineData("(?<=a)b", "linear time")]
    [InlineData("(?<!a)b", "linear time")]
    [InlineData(@"(a)\1", "refers back")]
    [InlineData(@"(?<n>a)\k<n>", "refers back")]
    [InlineData(@"\bword", "word boundaries")]
    [InlineData("(?i)a", "must be followed by")]
    [InlineData("(?>a)", "must be followed by")]
    [InlineData("a)", "has no `(`")]
    [InlineData("(a", "not closed")]
    [InlineData("[a", "not closed")]
    [InlineData("[z-a]", "range")]
    [InlineData(@"[\d-z]", "range")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("^*", "nothing to repeat")]
    [InlineData("a**", "nothing to repeat")]
    [InlineData("a{x}", "repetition")]
    [InlineData("a{5,2}", "not a valid expression")]
    [InlineData("a}", "lone `}`")]
    [InlineData(@"\Z", "no escape")]
    [InlineData(@"\a", "no escape")]
    [InlineData(@"\p{Script=Greek}", "not supported")]
    [InlineData(@"\ud800", "surrogate")]
    [InlineData(@"\u12", "hexadecimal")]
    [InlineData(@"a\", "lone backslash")]
    [InlineData("(a{1000}){1000}", "too large")]
    public void Compile_WhatCannotBeEnforced_IsRefusedWithTheReason(string pattern, string reason)
    {
        var (regex, why) = EcmaPattern.Compile(pattern);

        regex.ShouldBeNull();
        why!.ShouldContain(reason);
    }
}
