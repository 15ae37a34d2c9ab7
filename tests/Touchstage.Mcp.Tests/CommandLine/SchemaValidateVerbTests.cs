using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed partial class SchemaValidateVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-schema-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_line_has_an_answer_and_none_stops_the_next()
    {
        (await RunAsync("""
            {"schema":{"type":"integer"},"instance":1}
            {"schema":{"type":"integer"},"instance":"1"}

            nonsense
            {"schema":{"$ref":"https://example.com/a"},"instance":1,"remotes":{"https://example.com/a":{"minimum":2}}}
            {"schema":{"$ref":"https://example.com/b"},"instance":1}
            {"schema":true,"instance":9007199254740993}
            {"schema":{"properties":{"a":{}}},"instance":{"b":1}}
            """)).ShouldBe(ExitCode.Done, error.ToString());

        Answers().ShouldBe(
        [
            "valid",
            "/ type",
            "line: / line",
            "/ minimum",
            "schema: /$ref $ref",
            "line: / number",
            "valid",
        ]);
    }

    [Fact]
    public async Task As_an_input_a_schema_is_closed_and_nothing_in_it_is_passed_over()
    {
        (await RunAsync("""
            {"schema":{"properties":{"a":{}}},"instance":{"b":1}}
            {"schema":{"maxLenght":1},"instance":"ab"}
            """, "--input")).ShouldBe(ExitCode.Done);

        Answers().ShouldBe(["/b additionalProperties", "schema: /maxLenght maxLenght"]);
    }

    [Fact]
    public async Task A_file_is_read_as_standard_input_is_and_one_that_is_not_there_is_a_mistake()
    {
        File.WriteAllText(Path.Combine(folder, "pairs.jsonl"), """{"schema":{"const":1},"instance":2}""");

        (await RunAsync("", "pairs.jsonl")).ShouldBe(ExitCode.Done);
        Answers().ShouldBe(["/ const"]);
        (await RunAsync("", "elsewhere.jsonl")).ShouldBe(ExitCode.Usage);
        error.ToString().ShouldContain("There is no file elsewhere.jsonl.");
    }

    [Fact]
    public async Task The_page_on_schemas_shows_what_is_printed()
    {
        var shown = DocumentBlock.Read(Path.Combine(Repository.Root, "docs", "schemas.md")).Single(block => block.Info == "console").Text;
        var typed = Typed().Match(shown);

        await RunAsync(typed.Groups["lines"].Value, typed.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        $"{typed.Value}\n{output.ToString().ReplaceLineEndings("\n")}".Trim().ShouldBe(shown.Trim());
    }

    [GeneratedRegex(@"^\$ echo '(?<lines>[^']*)' \| touchstage schema validate(?<arguments>[^\n]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Typed();

    private IEnumerable<string> Answers() => output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var answer = JsonElement.Parse(line);
        var errors = answer.GetProperty("errors").EnumerateArray().Select(problem => $"{(problem.GetProperty("path").GetString() is "" ? "/" : problem.GetProperty("path").GetString())} {problem.GetProperty("keyword").GetString()}");
        answer.GetProperty("valid").GetBoolean().ShouldBe(!errors.Any());
        return answer.GetProperty("valid").GetBoolean() ? "valid" : $"{(answer.TryGetProperty("in", out var place) ? place.GetString() + ": " : "")}{errors.First()}";
    });

    private async Task<int> RunAsync(string lines, params string[] arguments)
    {
        var terminal = ScriptedTerminal.In(folder, output, error, lines);
        return await new Cli(terminal, Verbs.All).RunAsync(["schema", "validate", .. arguments, "--data", Path.Combine(folder, "data")], CancellationToken.None);
    }
}
