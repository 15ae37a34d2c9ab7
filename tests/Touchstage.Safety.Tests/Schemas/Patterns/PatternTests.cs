using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Tests.Schemas.Patterns;

public sealed class PatternTests
{
    private static readonly Gen<string> Pieces = JsonText.Pick(
        "a", "b", "1", "-", ",", "=", "!", "<", ">", ":", "(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", ")",
        "[", "[^", "]", "{", "}", "{1,2}", "{3,}", "*", "+", "?", "|", "^", "$", ".", "\\", "\\1", "\\k<n>", "\\b", "\\B", "\\d", "\\S",
        "\\p{L}", "\\p{Script=Greek}", "\\u{1F600}", "\\ud83d", "\\c", "\\x41", "\\-", "\ud800", "😀", "é", "\0");

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
    [InlineData(@"^[\u{1F300}-\u{1F9FF}]$", "\U00021300", false)]
    [InlineData(@"^\u{0000041}$", "A", true)]
    [InlineData(@"^\ud83d\udc32*$", "🐲🐲", true)]
    [InlineData("^🐲*$", "🐲🐲", true)]
    [InlineData(@"^\p{Lu}\P{L}$", "Ä1", true)]
    [InlineData(@"^\cJ\x41\0$", "\nA\0", true)]
    [InlineData("^(?<year>[0-9]{4})-(?:a|b)+?$", "2031-ab", true)]
    [InlineData("b", "abc", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^[^]$", "a", true)]
    [InlineData("^a #b$", "a #b", true)]
    [InlineData(@"^\$\(\)\[\]\{\}\.\*\+\?\^\|\/-$", "$()[]{}.*+?^|/-", true)]
    [InlineData(@"^[a\-b]$", "-", true)]
    [InlineData("^[a-]$", "-", true)]
    [InlineData("^[a-c-e]+$", "a-e", true)]
    [InlineData("^[a-c-e]+$", "d", false)]
    [InlineData(@"^[\b]$", "\b", true)]
    [InlineData("^.{1,5000}$", "aaa", true)]
    [InlineData("^a{0}$", "", true)]
    [InlineData("^a{02,003}$", "aaa", true)]
    public void Match_IsThatOfEcma262(string source, string text, bool expected) => Match(source, text).ShouldBe(expected ? PatternMatch.Yes : PatternMatch.No);

    [Theory]
    [InlineData(@"^(?=.*[A-Z])(?=.*\d).{8,}$", "Passw0rd", true)]
    [InlineData(@"^(?=.*[A-Z])(?=.*\d).{8,}$", "password", false)]
    [InlineData("^(?!admin$).+$", "admin", false)]
    [InlineData("^(?!admin$).+$", "admins", true)]
    [InlineData("(?<=a+)b", "aab", true)]
    [InlineData("(?<!a)b", "ab", false)]
    [InlineData("^(?<=😀)a", "😀a", false)]
    [InlineData("(?<=^.)a", "😀a", true)]
    [InlineData("(?<=^[^😀])a", "😀a", false)]
    [InlineData("(?<!^)(?!$)", "😀", false)]
    [InlineData("(?<!^)(?!$)", "aa", true)]
    [InlineData(@"\bword\b", "a word.", true)]
    [InlineData(@"\bword\b", "aword", false)]
    [InlineData(@"^é\b", "éa", true)]
    [InlineData(@"^a\B", "aé", false)]
    [InlineData(@"\B", "", true)]
    [InlineData(@"^(['""]).*\1$", "'a'", true)]
    [InlineData(@"^(['""]).*\1$", "'a\"", false)]
    [InlineData(@"^(?<quote>['""]).*\k<quote>$", "\"a\"", true)]
    [InlineData(@"^(?<\u{71}é>a)\k<qé>$", "aa", true)]
    [InlineData(@"^(?:(a)|b)\1$", "b", true)]
    [InlineData(@"^(?:(a)|b)\1$", "ba", false)]
    [InlineData(@"^\1(a)$", "a", true)]
    [InlineData(@"^(a\1)$", "a", true)]
    [InlineData(@"^(?:(a)|b)+\1$", "ab", true)]
    [InlineData(@"^(?:(a)|b)+\1$", "aba", false)]
    [InlineData(@"^(?:(a)|b)+\1$", "baa", true)]
    [InlineData(@"^(?:(?:(a)|b)+c)+\1$", "aca", true)]
    [InlineData(@"^(?:(?:(a)|b)+c)+\1$", "acbca", false)]
    [InlineData(@"^(?:(?:(a)|b)+c)+\1$", "bcaca", true)]
    [InlineData(@"^(?:(.)(?!.*\1))+$", "abc😀", true)]
    [InlineData(@"^(?:(.)(?!.*\1))+$", "ab😀c😀", false)]
    [InlineData(@"(?<=\1(a))b", "aab", true)]
    [InlineData(@"(?<=^\1(a))b", "ab", false)]
    [InlineData(@"(?<=^\1(?:(a)|c)+)b", "acb", false)]
    [InlineData(@"(?<=^\1(?:(a)|c)+)b", "cab", true)]
    [InlineData(@"(?<=^\1(?:(a)|c)+)b", "aacb", true)]
    [InlineData(@"^(?!(a)\1b)a\1c", "aac", false)]
    [InlineData(@"^(?=(a))\1b", "ab", true)]
    [InlineData(@"^(.)\1$", "😀😀", true)]
    [InlineData(@"^(a)?\1$", "", true)]
    [InlineData(@"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10$", "abcdefghijj", true)]
    public void Match_OfWhatLooksAroundOrRefersBack_IsThatOfEcma262(string source, string text, bool expected)
    {
        Match(source, text).ShouldBe(expected ? PatternMatch.Yes : PatternMatch.No);
        Pattern.Compile(source).Pattern!.IsLinearFor(0).ShouldBeFalse();
    }

    [Theory]
    [InlineData("L", "é", "1")]
    [InlineData("Letter", "é", "1")]
    [InlineData("Uppercase_Letter", "É", "é")]
    [InlineData("General_Category=Lu", "É", "é")]
    [InlineData("gc=Uppercase_Letter", "É", "é")]
    [InlineData("Cased_Letter", "é", "א")]
    [InlineData("digit", "৪", "a")]
    [InlineData("punct", "!", "+")]
    [InlineData("Combining_Mark", "\u0301", "a")]
    [InlineData("Lo", "𠀀", "a")]
    [InlineData("Any", "😀", "")]
    [InlineData("ASCII", "\u007f", "\u0080")]
    [InlineData("Assigned", "a", "\u0378")]
    [InlineData("AHex", "f", "ｆ")]
    [InlineData("Hex_Digit", "ｆ", "g")]
    [InlineData("White_Space", "\u0085", "\ufeff")]
    [InlineData("space", "\u2003", "\u200b")]
    [InlineData("Pat_WS", "\u200e", "\u2003")]
    [InlineData("Bidi_C", "\u202e", "\u202f")]
    [InlineData("Join_C", "\u200d", "\u200e")]
    [InlineData("NChar", "\U0010FFFF", "\uFFFD")]
    [InlineData("RI", "🇩", "d")]
    public void Match_OfAPropertyOfUnicode_IsThatOfItsMembers(string property, string member, string other)
    {
        Match($"^\\p{{{property}}}$", member).ShouldBe(PatternMatch.Yes);
        Match($"^\\P{{{property}}}$", member).ShouldBe(PatternMatch.No);
        Match($"^[^\\P{{{property}}}]$", member).ShouldBe(PatternMatch.Yes);
        Match($"^\\p{{{property}}}$", other).ShouldBe(PatternMatch.No);
    }

    [Theory]
    [InlineData("(?i)a", "must be followed by")]
    [InlineData("(?>a)", "must be followed by")]
    [InlineData("(?P<n>a)", "must be followed by")]
    [InlineData("(?#a)", "must be followed by")]
    [InlineData("a)", "has no `(`")]
    [InlineData("(a", "not closed")]
    [InlineData("[a", "not closed")]
    [InlineData("[a-", "not closed")]
    [InlineData("[z-a]", "range")]
    [InlineData(@"[\d-z]", "range")]
    [InlineData(@"[a-\d]", "range")]
    [InlineData("*a", "nothing to repeat")]
    [InlineData("^*", "nothing to repeat")]
    [InlineData(@"\b+", "nothing to repeat")]
    [InlineData("(?=a)*", "nothing to repeat")]
    [InlineData("(?<=a)*", "nothing to repeat")]
    [InlineData("a**", "nothing to repeat")]
    [InlineData("(*)", "nothing to repeat")]
    [InlineData("a{x}", "repetition")]
    [InlineData("a{", "repetition")]
    [InlineData("a{,2}", "repetition")]
    [InlineData("a{1,2,3}", "repetition")]
    [InlineData("a{5,2}", "below its minimum")]
    [InlineData("a{99999999999999999999,99999999999999999998}", "below its minimum")]
    [InlineData("a}", "lone `}`")]
    [InlineData("a]", "lone `]`")]
    [InlineData(@"\Z", "`\\Z` is no escape")]
    [InlineData(@"\a", "no escape")]
    [InlineData(@"\é", "`\\u{e9}` is no escape")]
    [InlineData(@"a\-", "a `-` is written without the backslash")]
    [InlineData(@"\_", "without the backslash")]
    [InlineData(@"\00", "no escape")]
    [InlineData(@"[\1]", "no escape")]
    [InlineData(@"[\B]", "no escape")]
    [InlineData(@"\c1", "no escape")]
    [InlineData(@"\p", "braces")]
    [InlineData(@"\p{L", "braces")]
    [InlineData(@"\p{Lx}", "no property")]
    [InlineData(@"\p{letter}", "no property")]
    [InlineData(@"\p{Script=Klingon}", "no property")]
    [InlineData(@"\p{gc=Greek}", "no property")]
    [InlineData(@"\p{L=L=L}", "no property")]
    [InlineData(@"\u12", "hexadecimal")]
    [InlineData(@"\x1", "hexadecimal")]
    [InlineData(@"\u{110000}", "hexadecimal")]
    [InlineData(@"\u{}", "hexadecimal")]
    [InlineData(@"\u{41", "hexadecimal")]
    [InlineData(@"a\", "lone backslash")]
    [InlineData(@"(a)\2", "not there")]
    [InlineData(@"\k<n>", "not there")]
    [InlineData(@"\k", "group's name")]
    [InlineData("(?<>a)", "name is empty")]
    [InlineData("(?<1>a)", "identifier")]
    [InlineData("(?<a-b>a)", "identifier")]
    [InlineData("(?<n", "identifier")]
    [InlineData("(?<n>a)(?<n>b)", "same name")]
    public void WhatIsNotEcma262_IsRefusedWithTheReason(string source, string reason)
    {
        var (pattern, why) = Pattern.Compile(source);

        pattern.ShouldBeNull();
        why!.ShouldContain(reason);
        Pattern.IsWellFormed(source).ShouldBeFalse();
    }

    [Theory]
    [InlineData(@"\p{Script=Greek}", "no data")]
    [InlineData(@"\p{scx=Grek}", "no data")]
    [InlineData(@"\p{Alphabetic}", "no data")]
    [InlineData(@"\ud800", "surrogate")]
    [InlineData(@"[\u{dc00}]", "surrogate")]
    [InlineData(@"\ud83d\ud83d\udc32", "surrogate")]
    [InlineData("(a{1000}){1000}", "too large")]
    [InlineData("((((a{99}){99}){99}){99}){99}", "too large")]
    [InlineData("a{99999999999}", "too large")]
    [InlineData("a{2147483647,}", "too large")]
    [InlineData(@"^(?:(a)|b?)+\1$", "rounds may be empty")]
    [InlineData(@"^(a*)*\1$", "rounds may be empty")]
    [InlineData(@"(?:(?=(a))){2}\1", "rounds may be empty")]
    public void WhatCannotBeEnforced_IsRefusedWithTheReasonThoughItIsWellFormed(string source, string reason)
    {
        var (pattern, why) = Pattern.Compile(source);

        pattern.ShouldBeNull();
        why!.ShouldContain(reason);
        Pattern.IsWellFormed(source).ShouldBeTrue();
    }

    // By itself, because what is written in an attribute must be whole text.
    [Fact]
    public void HalfOfAPair_IsWellFormedAndCannotBeEnforced()
    {
        Pattern.Compile("\ud800").Why!.ShouldContain("surrogate");
        Pattern.Compile("[\udc00]").Why!.ShouldContain("surrogate");
        Pattern.IsWellFormed("\ud800[\udc00]").ShouldBeTrue();
        Match("^.$", "\ud800").ShouldBe(PatternMatch.No);
    }

    [Fact]
    public void GroupsThatAreNestedTooDeep_AreRefused()
    {
        var (pattern, why) = Pattern.Compile(Nested(101));

        pattern.ShouldBeNull();
        why!.ShouldContain("nested");
        Match(Nested(100), "a").ShouldBe(PatternMatch.Yes);
        Pattern.IsWellFormed(Nested(100_000)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("^(a|aa)+$")]
    [InlineData("^(?:a+b?)+$")]
    [InlineData(@"^(?:\w+\s?)*$")]
    public void ACatastrophicExpression_IsLinearWithoutLookAround_AndCutOffWithIt(string source)
    {
        var text = $"{new string('a', 50_000)}!";
        var start = Stopwatch.GetTimestamp();

        Match(source, text).ShouldBe(PatternMatch.No);
        Match($"(?=b*){source}", text[^60..]).ShouldBe(PatternMatch.TimedOut);

        // Without the cut, and without the linear engine, neither ends.
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    // Nine hundred states are alive at once, in ever new combinations: more than that engine keeps.
    [Fact]
    public void AWideExpression_MatchesWhateverItsStates_AndIsNotLinearForLongTexts()
    {
        var pattern = Pattern.Compile("a[ab]{900}(?:c|dd)").Pattern!;
        var state = 1u;
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(_ => (state = (state * 1_664_525) + 1_013_904_223) >> 31 == 0 ? 'a' : 'b'));

        pattern.IsLinearFor(text.Length).ShouldBeTrue();
        pattern.Match(text).ShouldBe(PatternMatch.No);
        pattern.Match($"{text}a{text[..900]}dd").ShouldBe(PatternMatch.Yes);
        pattern.IsLinearFor(1 << 20).ShouldBeFalse();
    }

    [Fact]
    public void AnyExpressionAndAnyText_AreAnsweredWithoutThrowing()
    {
        var compiled = 0;
        Gen.Select(Pieces.Array[0, 8].Select(string.Concat), Pieces.Array[0, 5].Select(string.Concat)).Sample(
            (source, text) =>
            {
                var (pattern, why) = Pattern.Compile(source);
                (pattern is null).ShouldBe(why is not null);
                if (pattern is not null)
                {
                    Interlocked.Increment(ref compiled);
                    Pattern.IsWellFormed(source).ShouldBeTrue();
                    _ = pattern.Match(text);
                }
            },
            iter: 3_000);

        compiled.ShouldBeGreaterThan(100);
    }

    [ConformanceFact]
    public void OfficialTestsOfPattern_AllAgree()
    {
        var (agreed, wrong) = (0, new List<string>());
        foreach (var file in new[] { "pattern.json", "optional/ecmascript-regex.json" })
        {
            foreach (var (pattern, test) in Official(file))
            {
                var text = test.GetProperty("data").GetString()!;
                if (pattern.Match(text) == (test.GetProperty("valid").GetBoolean() ? PatternMatch.Yes : PatternMatch.No))
                {
                    agreed++;
                }
                else
                {
                    wrong.Add($"{pattern.Source}: {text}");
                }
            }
        }

        wrong.ShouldBeEmpty();

        // The suite is pinned.
        agreed.ShouldBe(54);
    }

    private static IEnumerable<(Pattern Pattern, JsonElement Test)> Official(string file) =>
        from @group in JsonElement.Parse(File.ReadAllBytes(Path.Combine(ConformanceFactAttribute.Folder!, file))).EnumerateArray()
        where @group.GetProperty("schema").TryGetProperty("pattern", out _)
        let pattern = Pattern.Compile(@group.GetProperty("schema").GetProperty("pattern").GetString()!).Pattern
        from test in @group.GetProperty("tests").EnumerateArray()
        where test.GetProperty("data").ValueKind == JsonValueKind.String
        select (pattern, test);

    private static PatternMatch Match(string source, string text)
    {
        var (pattern, why) = Pattern.Compile(source);
        why.ShouldBeNull();
        return pattern!.Match(text);
    }

    private static string Nested(int depth) => $"{string.Concat(Enumerable.Repeat("(", depth))}a{string.Concat(Enumerable.Repeat(")", depth))}";
}
