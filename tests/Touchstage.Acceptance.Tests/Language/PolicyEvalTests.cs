using System.Text.Json;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Language;

public sealed class PolicyEvalTests
{
    [Theory]
    [InlineData("1 + 2", """{"value":{"int":"3"}}""")]
    [InlineData("[1u, 2.0, 'a', b'a', null].map(x, type(x))", """{"value":{"list":[{"type":"uint"},{"type":"double"},{"type":"string"},{"type":"bytes"},{"type":"null_type"}]}}""")]
    [InlineData("{'b': duration('90s'), 'a': -0.0}", """{"value":{"map":[[{"string":"a"},{"double":"-0.0"}],[{"string":"b"},{"duration":"90s"}]]}}""")]
    public async Task An_expression_prints_its_value_with_its_kind(string expression, string expected)
    {
        var finished = await EvalAsync("", expression);
        (finished.ExitCode, finished.Output.TrimEnd(), finished.Error).ShouldBe((0, expected, ""));
    }

    [Fact]
    public async Task Plain_values_go_in_and_come_out_as_ordinary_JSON()
    {
        var finished = await EvalAsync("", "items.filter(i, i.price < limit).map(i, i.name)", "--plain", "--vars", """{"items":[{"name":"pen","price":2},{"name":"car","price":20000.5}],"limit":10}""");
        (finished.ExitCode, finished.Output.TrimEnd()).ShouldBe((0, """["pen"]"""));
    }

    [Theory]
    [InlineData("1 +", "The condition ends where a value is due.")]
    [InlineData("1 / 0", "An int is divided by zero.")]
    [InlineData("x", "There is no variable 'x'.")]
    public async Task An_expression_that_has_no_value_is_refused_with_the_reason(string expression, string reason)
    {
        var finished = await EvalAsync("", expression);
        (finished.ExitCode, finished.Output).ShouldBe((1, ""));
        finished.Error.ShouldContain(reason);
    }

    [Fact]
    public async Task Variables_that_are_no_JSON_are_a_usage_error() => (await EvalAsync("", "x", "--vars", "{x:1}")).ExitCode.ShouldBe(2);

    [Fact]
    public async Task A_malformed_line_is_answered_with_an_error_and_stops_none_of_the_rest()
    {
        string[] lines =
        [
            """{"expr":"1"}""", "{", "[]", "7", """{"expr":1}""", """{"expr":"x","vars":{"x":{"int":1}}}""", """{"expr":"x","vars":{"x":{"int":"1"},"x":{"int":"2"}}}""",
            """{"expr":"'\ud800'"}""", """{"expr":"x","typeEnv":[{"name":"x","type":"list("}]}""", """{"expr":"x","typeEnv":7}""", """{"expr":"1","checkOnly":"yes"}""", """{"expr":"1","container":[]}""",
            new string('[', 5000), """{"expr":"x + 1","vars":{"x":{"int":"2"}},"typeEnv":null,"container":"","disableCheck":false,"extra":[]}""", """{"expr":"[1].map(x, x)","checkOnly":true}""",
            """{"expr":"1 + 'a'","disableCheck":true}""",
        ];
        var finished = await EvalAsync(string.Join('\n', lines), "-");
        finished.ExitCode.ShouldBe(0, finished.Error);
        var answers = finished.Output.TrimEnd().Split('\n');
        answers.Length.ShouldBe(lines.Length);
        answers[0].ShouldBe("""{"value":{"int":"1"}}""");
        answers[1..13].ShouldAllBe(answer => answer.StartsWith("""{"error":""", StringComparison.Ordinal));
        answers[13].ShouldBe("""{"value":{"int":"3"}}""");
        answers[14].ShouldBe("""{"type":"list(int)"}""");
        answers[15].ShouldStartWith("""{"error":""");
    }

    [OfficialDataTheory]
    [InlineData("core", "macros.jsonl")]
    [InlineData("core", "namespace.jsonl")]
    [InlineData("core", "timestamps.jsonl")]
    [InlineData("ext", "optionals.jsonl")]
    public async Task Whole_files_of_the_official_data_go_in_and_every_answer_is_the_expected_one(string folder, string name)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(OfficialDataTheoryAttribute.Folder, folder, name));
        var finished = await EvalAsync(string.Join('\n', lines) + "\n", "-");
        var answers = finished.Output.TrimEnd().Split('\n');
        answers.Length.ShouldBe(lines.Length);
        foreach (var (line, answer) in lines.Zip(answers))
        {
            Kind(answer).ShouldBe(Kind(JsonDocument.Parse(line).RootElement.GetProperty("expect").GetRawText()), $"{line}\n{answer}");
        }
    }

    /// <summary>The member's name, and of a value that is neither a list nor a map the value too: the library's own test compares the rest.</summary>
    private static string Kind(string answer)
    {
        var member = JsonDocument.Parse(answer).RootElement.EnumerateObject().First();
        return member.Name != "value" || member.Value.EnumerateObject().First() is not { Value.ValueKind: not JsonValueKind.Array } scalar
            ? member.Name
            : $"value {scalar.Name} {scalar.Value}";
    }

    private static Task<Finished> EvalAsync(string input, params string[] arguments) => Command.RunAsync(Command.Of(Executable.Touchstage, ["policy", "eval", .. arguments]), input);
}
