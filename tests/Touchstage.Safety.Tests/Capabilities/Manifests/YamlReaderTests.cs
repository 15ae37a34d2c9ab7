using System.Text.Json;
using CsCheck;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Tests.Capabilities.Manifests;

public sealed class YamlReaderTests
{
    [Fact]
    public void Plain_scalars_are_typed_by_the_grammar_of_JSON_and_all_else_is_text()
    {
        var document = YamlReader.Read("a.yaml", """
            null: null
            """.Replace("null: null", "n: null\nt: true\nf: false\ni: -12\nd: 0.5\ne: 1e3\ns: 10s\nv: 1.2.3\nh: http://x/y\nq: 'true'\nl: |\n  two\n  lines\ny: y", StringComparison.Ordinal));

        document.Problems.ShouldBeEmpty();
        JsonSerializer.Serialize(document.Root).ShouldBe(
            """{"n":null,"t":true,"f":false,"i":-12,"d":0.5,"e":1e3,"s":"10s","v":"1.2.3","h":"http://x/y","q":"true","l":"two\nlines\n","y":"y"}""");
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("No")]
    [InlineData("on")]
    [InlineData("OFF")]
    [InlineData("True")]
    [InlineData("NULL")]
    [InlineData("~")]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData(".nan")]
    [InlineData("2026-01-31")]
    [InlineData("2026-1-31 10:00:00")]
    [InlineData("2026-01-31T10:00:00Z")]
    [InlineData("+5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("007")]
    [InlineData("0x1F")]
    [InlineData("0o17")]
    [InlineData("0b11")]
    [InlineData("1_000")]
    [InlineData("12:30")]
    [InlineData("+.5e3")]
    public void What_YAML_readers_type_differently_must_be_quoted(string trap)
    {
        var value = YamlReader.Read("a.yaml", $"# one\nkey: {trap}\n").Problems.ShouldHaveSingleItem();
        (value.File, value.Line, value.Column, value.Path).ShouldBe(("a.yaml", 2, 6, "/key"));
        value.Fix.ShouldBe($"quote it: '{trap}'");

        var key = YamlReader.Read("a.yaml", $"{trap}: 1\n").Problems.ShouldHaveSingleItem();
        key.Fix.ShouldBe($"quote it: '{trap}'");

        YamlReader.Read("a.yaml", $"key: '{trap}'\n").Root["key"]!.GetValue<string>().ShouldBe(trap);
    }

    [Theory]
    [InlineData("a: 9007199254740993", 1, "cannot be kept exactly", "quote it: '9007199254740993'")]
    [InlineData("a: 1e400", 1, "cannot be kept exactly", "quote it: '1e400'")]
    [InlineData("a: 49.999999999999999999", 1, "cannot be kept exactly", "quote it")]
    [InlineData("a: 1\nb: 2\na: 3", 3, "stands here twice", "remove one of the two")]
    [InlineData("a: &x 1", 1, "`&x` is an anchor", "quote the value: a: '&x 1'")]
    [InlineData("a: 1\nb: *a", 2, "`*a` is an alias", "quote the value: b: '*a'")]
    [InlineData("a: !!str 1", 1, "is a tag to YAML", "quote the value: a: '!!str 1'")]
    [InlineData("a: !x\n  b: 1", 1, "is a tag to YAML", "quote the value")]
    [InlineData("a: !x [1]", 1, "is a tag to YAML", "quote the value: a: '!x [1]'")]
    [InlineData("!x a: 1", 1, "a tag", "write the key alone")]
    [InlineData("<<: { a: 1 }", 1, "merge key", "write out what it would merge")]
    [InlineData("a: 1\n---\nb: 2", 2, "A second document", "remove the `---`")]
    [InlineData("%YAML 1.1\n---\na: 1", 1, "another version of YAML", "remove the %YAML line")]
    [InlineData("%TAG ! tag:example,2026:\n---\na: 1", 1, "declares tags", "remove the %TAG line")]
    [InlineData("a:\nb: 1", 1, "The value is missing", "write the value")]
    [InlineData("a: { b: 1, c, d: 2 }", 1, "The value is missing", "quote that text")]
    [InlineData("a: { b: 1\nc: 2", 1, "This is not YAML", "special characters goes in quotes")]
    [InlineData("? [a]\n: b", 1, "a key must be text", "quotes")]
    [InlineData("- a\n- b", 1, "does not hold a mapping", "write a mapping")]
    [InlineData("just text", 1, "does not hold a mapping", "write a mapping")]
    [InlineData("", 1, "The file is empty", "write a mapping")]
    [InlineData("# nothing", 1, "The file is empty", "write a mapping")]
    [InlineData("a: one: two", 1, "This is not YAML", "quote it: a: 'one: two'")]
    [InlineData("a: @x", 1, "This is not YAML", "quote it: a: '@x'")]
    [InlineData("a: x\u202Ey", 1, "invisible character U+202E", "\\u202E")]
    [InlineData("a: 1\nb: \"x\u0000y\"", 2, "invisible character U+0000", "\\u0000")]
    [InlineData("a: 'x\u2028y'", 1, "invisible character U+2028", "\\u2028")]
    [InlineData("a: 'x\u0085y'", 1, "invisible character U+0085", "\\u0085")]
    public void What_is_not_one_plain_JSON_value_is_told_with_line_and_fix(string text, int line, string message, string fix)
    {
        var problems = YamlReader.Read("a.yaml", text).Problems;

        problems.ShouldContain(p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal) && p.Fix.Contains(fix, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Fact]
    public void A_half_of_a_surrogate_pair_is_told() =>
        YamlReader.Read("a.yaml", "a: 'x\uD800y'").Problems.ShouldHaveSingleItem().Message.ShouldContain("U+D800");

    [Fact]
    public void A_whole_surrogate_pair_is_text() => YamlReader.Read("a.yaml", "a: '😀'").Root["a"]!.GetValue<string>().ShouldBe("😀");

    [Theory]
    [InlineData("\uFEFFa: 1\n")]
    [InlineData("a: 1\r\nb: 2\r\n")]
    [InlineData("---\na: 1\n...\n")]
    [InlineData("%YAML 1.2\n---\na: 1 # a comment\n")]
    public void Marks_that_change_nothing_are_taken(string text)
    {
        var document = YamlReader.Read("a.yaml", text);

        document.Problems.ShouldBeEmpty();
        document.Root["a"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public void A_file_over_a_mebibyte_is_refused() =>
        YamlReader.Read("a.yaml", "a: " + new string('x', SourceText.MaxLength)).Problems.ShouldHaveSingleItem().Message.ShouldContain("longer than 1048576");

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Deep_nesting_is_refused(string open, string close)
    {
        var text = "a: " + string.Concat(Enumerable.Repeat(open, 5_000)) + "1" + string.Concat(Enumerable.Repeat(close, 5_000));

        YamlReader.Read("a.yaml", text).Problems.ShouldContain(p => p.Message.Contains("nested deeper than 48", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_is_found_by_its_pointer()
    {
        var document = YamlReader.Read("a.yaml", "a:\n  - b/c: 1\n    d: { e: text }\n");

        (document.Find("/a/0/b~1c").Line, document.Find("/a/0/b~1c").Column).ShouldBe((2, 10));
        (document.Find("/a/0/d/e").Line, document.Find("/a/0/d/e").Column).ShouldBe((3, 13));
        document.Find("/a/0/d/e/not/there").ShouldBe(document.Find("/a/0/d/e"));
    }

    [Fact]
    public void Any_text_is_read_or_told_never_thrown_at() => Gen.OneOf(
            Gen.String[Gen.Char["ab01:-{}[]&*!|>#'\"%@,? \n\t.~<"], 0, 60], Gen.String[0, 40])
        .Sample(text => YamlReader.Read("a.yaml", text) is not null, iter: 20_000);
}
