using System.Text.Json;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class PolicyVerbTests : IDisposable
{
    private const string Passing = """
          - { name: small, args: { id: a, amount: 1 }, expect: allow }
          - { name: large, args: { id: a, amount: 60 }, expect: review }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-policy-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Tests_that_hold_have_a_line_each_and_end_with_0()
    {
        Write(Passing);

        (await RunAsync("policy", "test", "--strict")).ShouldBe(ExitCode.Done, output.ToString());
        output.ToString().ReplaceLineEndings("\n").ShouldBe("""
            ok      pay: small
            ok      pay: large
            2 tests, 0 failed; 1 rules, 0 not shown both true and false.

            """);
    }

    [Fact]
    public async Task A_test_that_fails_says_what_came_and_from_which_values()
    {
        Write("""
              - { name: small, args: { id: a, amount: 1 }, expect: allow }
              - { name: large, args: { id: a, amount: 60 }, expect: allow, reason: "allow[0]" }
            """);

        (await RunAsync("policy", "test")).ShouldBe(ExitCode.Refused);
        output.ToString().ReplaceLineEndings("\n").ShouldStartWith("""
            ok      pay: small
            FAILED  pay: large
                    pay.yaml:15
                    expected allow, reason allow[0]
                    came to  review, reason not_permitted
            """);
        output.ToString().ReplaceLineEndings("\n").ShouldContain("""
                    Nearest is allow[0]; it lacks `args.amount < 50.0`.
                    allow[0]  false
                    └ args.amount < 50.0   false
                      └ args.amount = 60
            """);
    }

    [Fact]
    public async Task A_rule_that_is_not_shown_from_both_sides_is_a_warning_and_an_error_if_asked_for()
    {
        Write("  - { name: small, args: { id: a, amount: 1 }, expect: allow }");

        (await RunAsync("policy", "test")).ShouldBe(ExitCode.Done);
        output.ToString().ShouldContain("warn    pay: no test makes allow[0] false: args.amount < 50.0");
        output.ToString().ShouldContain("pay.yaml:11; a test to start from:");
        output.ToString().ShouldContain("- name: allow[0] does not hold # change args.amount");
        (await RunAsync("policy", "test", "--strict")).ShouldBe(ExitCode.Refused);
        output.ToString().ShouldContain("FAILED  pay: no test makes allow[0] false");
        (await RunAsync("check")).ShouldBe(ExitCode.Done);
        output.ToString().ShouldContain("1 rule(s) that no test shows from both sides");
    }

    [Fact]
    public async Task Check_tells_what_fails_with_its_place_first()
    {
        Write("  - { name: large, args: { id: a, amount: 60 }, expect: allow }");

        (await RunAsync("check")).ShouldBe(ExitCode.Refused);
        error.ToString().ReplaceLineEndings("\n").ShouldStartWith("pay.yaml:14: pay: large\n        expected allow\n");
        error.ToString().ShouldContain("1 capability, 1 policy test, 1 failed.");
    }

    [Fact]
    public async Task On_a_screen_no_word_is_broken_and_no_line_is_longer()
    {
        const string Condition = "args.amount < 50.0 && args.id != 'the first of them' && args.id != 'the second'";
        Write("""
              - { name: large amounts of a payment to somebody whom nobody knows, args: { id: a, amount: 60 }, expect: allow }
            """);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "pay.yaml"),
            (await File.ReadAllTextAsync(Path.Combine(folder, "pay.yaml"))).Replace("- allow: args.amount < 50.0", $"- allow: {Condition}\n  - review: args.id == 'third'\n    because: Somebody has to look at those before they go.", StringComparison.Ordinal));

        (await RunAsync(50, "policy", "test")).ShouldBe(ExitCode.Refused);
        (await RunAsync(50, "policy", "explain", "pay", "--args", """{"id":"third","amount":1}""")).ShouldBe(ExitCode.Done, error.ToString());
        (await RunAsync(50, "check")).ShouldBe(ExitCode.Refused);

        // What is there to be copied stays whole.
        var lines = $"{output}{error}".ReplaceLineEndings("\n").Split('\n');
        lines.Where(line => line.Length > 50).ShouldAllBe(line => line.StartsWith("          ", StringComparison.Ordinal));
        lines.ShouldContain("        ├ args.id != 'the first o…   not looked at");
        lines.ShouldContain("  because review[1] holds: Somebody has to look at");
        lines.ShouldContain("      those before they go.");
    }

    [Fact]
    public async Task Machines_get_every_test_and_every_rule()
    {
        Write(Passing);

        (await RunAsync("policy", "test", "pay", "--json")).ShouldBe(ExitCode.Done);
        var json = JsonElement.Parse(output.ToString());
        json.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("reasons")[0].GetString()).ShouldBe(["allow[0]", "not_permitted"]);
        json.GetProperty("rules")[0].GetProperty("true").GetInt32().ShouldBe(1);
        json.GetProperty("rules")[0].GetProperty("missing").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_call_is_explained_for_a_person()
    {
        Write(Passing);

        (await RunAsync("policy", "explain", "pay", "--args", """{"id":"a","amount":60}""")).ShouldBe(ExitCode.Done, error.ToString());
        output.ToString().ReplaceLineEndings("\n").ShouldBe("""
            Held: it waits up to 1d for a person with the role support.
              because no rule allows it
              by the manifest alone (--tenant adds a tenant's settings, rules and limits)

            allow[0]  false
            └ args.amount < 50.0   false
              └ args.amount = 60

            """);
    }

    [Fact]
    public async Task A_call_is_explained_from_a_file_or_what_is_piped_in_and_for_machines()
    {
        Write(Passing);
        await File.WriteAllTextAsync(Path.Combine(folder, "call.json"), """{"id":"a","amount":6}""");

        (await RunAsync("policy", "explain", "pay", "--args", "@call.json", "--as", "support,subject=ada", "--now", "2026-01-01T00:00:00Z", "--json")).ShouldBe(ExitCode.Done, error.ToString());
        var json = JsonElement.Parse(output.ToString());
        (json.GetProperty("verdict").GetString(), json.GetProperty("reasons")[0].GetString()).ShouldBe(("allow", "allow[0]"));
        json.GetProperty("rules")[0].GetProperty("parts")[0].GetProperty("parts")[0].GetProperty("value").GetString().ShouldBe("6");
    }

    [Theory]
    [InlineData(ExitCode.Refused, "/args/amount: ", "pay", "--args", """{"id":"a","amount":"x"}""")]
    [InlineData(ExitCode.Refused, "/args: ", "pay", "--args", "-")]
    [InlineData(ExitCode.Refused, "no role", "pay", "--args", """{"id":"a","amount":1}""", "--as", "Boss")]
    [InlineData(ExitCode.Refused, "Did you mean pay?", "pey", "--args", "{}")]
    [InlineData(ExitCode.Refused, "there is no tenant acme", "pay", "--args", """{"id":"a","amount":1}""", "--tenant", "acme")]
    [InlineData(ExitCode.Usage, "There is no file", "pay", "--args", "@nowhere")]
    [InlineData(ExitCode.Usage, "--now is an instant", "pay", "--args", "{}", "--now", "soon")]
    [InlineData(ExitCode.Usage, "--as takes roles", "pay", "--args", "{}", "--as", "name=ada")]
    [InlineData(ExitCode.Usage, "--args", "pay")]
    public async Task What_cannot_be_explained_says_what_is_wrong(int exit, string message, params string[] arguments)
    {
        Write(Passing);

        (await RunAsync(["policy", "explain", .. arguments])).ShouldBe(exit);
        error.ToString().ShouldContain(message);
    }

    [Fact]
    public async Task A_capability_that_is_not_there_is_refused_with_the_nearest()
    {
        Write(Passing);

        (await RunAsync("policy", "test", "pey")).ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain("There is no capability pey. Did you mean pay?");
        (await RunAsync("policy", "test", "pay", "--capabilities", Path.Combine(folder, "nowhere"))).ShouldBe(ExitCode.Refused);
    }

    private void Write(string tests) => File.WriteAllText(Path.Combine(folder, "pay.yaml"), $$"""
        capability: pay
        title: Pay
        description: Pay something.
        connection: api
        effects: additive
        input:
          type: object
          required: [id, amount]
          properties: { id: { type: string }, amount: { type: number } }
        policy:
          - allow: args.amount < 50.0
        approval: { approvers: [support], summary: "Pay {amount}" }
        tests:
        {{tests}}
        request: { method: POST, path: "/pay/{id}" }
        """);

    private Task<int> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    private Task<int> RunAsync(int? width, params string[] arguments)
    {
        var terminal = ScriptedTerminal.In(folder, output, error, width: width);
        string[] common = ["--data", Path.Combine(folder, "data"), .. arguments.Contains("--capabilities", StringComparer.Ordinal) ? Array.Empty<string>() : ["--capabilities", folder]];
        return new Cli(terminal, Verbs.All).RunAsync([.. arguments, .. common], CancellationToken.None);
    }
}
