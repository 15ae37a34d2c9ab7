using System.Text.Json;
using Touchstage.Mcp.CommandLine;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class PolicyProveVerbTests : IDisposable
{
    private const string Allow = "allow: args.amount < tenant.settings.limit";
    private const string Limit = "{ count: 5, per: 1h, by: [caller] }";

    private const string Manifest = """
        capability: pay
        title: Pay
        description: Pay something.
        connection: api
        effects: additive
        settings:
          limit: { type: number, default: 50 }
        input:
          type: object
          required: [id, amount]
          properties: { id: { type: string }, amount: { type: number, minimum: 0, maximum: 100 } }
        policy:
          - allow: args.amount < tenant.settings.limit
            limits: [{ count: 5, per: 1h, by: [caller] }]
        approval: { approvers: [support], summary: "Pay {amount}" }
        request: { method: POST, path: "/pay/{id}" }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-prove-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public PolicyProveVerbTests()
    {
        Write("capabilities");
        File.WriteAllText(Path.Combine(folder, "capabilities", "ask.yaml"), Manifest.Replace("capability: pay", "capability: ask", StringComparison.Ordinal)
            .Replace($"  - {Allow}\n    limits: [{Limit}]\n", "  - review: args.amount > 10.0\n", StringComparison.Ordinal));
    }

    private string Output => output.ToString().ReplaceLineEndings("\n");

    private string Error => error.ToString().ReplaceLineEndings("\n");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_runs_without_a_person_has_a_line_each_and_ends_with_0()
    {
        (await RunAsync("policy", "prove")).ShouldBe(ExitCode.Done, Error);

        Output.ShouldBe("""
            ask: nothing ever runs without a person.
            pay: amount 0 to 100 and < 50 (the setting limit, 50 unless the tenant says otherwise), at most 5 in 1h by caller

            """);
    }

    [Fact]
    public async Task One_capability_is_summed_up_alone()
    {
        (await RunAsync("policy", "prove", "ask")).ShouldBe(ExitCode.Done, Error);

        Output.ShouldBe("ask: nothing ever runs without a person.\n");
    }

    [Fact]
    public async Task Machines_get_every_rule_with_its_calls_and_limits()
    {
        (await RunAsync("policy", "prove", "--json")).ShouldBe(ExitCode.Done, Error);

        var json = JsonElement.Parse(Output);
        json.GetProperty("problems").GetArrayLength().ShouldBe(0);
        json.GetProperty("missing").ValueKind.ShouldBe(JsonValueKind.Null);
        var (ask, pay) = (json.GetProperty("capabilities")[0], json.GetProperty("capabilities")[1]);
        (ask.GetProperty("capability").GetString(), ask.GetProperty("unattended").GetArrayLength()).ShouldBe(("ask", 0));
        var rule = pay.GetProperty("unattended")[0];
        rule.GetProperty("rule").GetString().ShouldBe("allow[0]");
        rule.GetProperty("calls")[0].GetString().ShouldNotBeNull().ShouldStartWith("amount 0 to 100 and < 50 ");
        rule.GetProperty("limits")[0].GetString().ShouldBe("at most 5 in 1h by caller");
    }

    [Fact]
    public async Task A_screen_gets_no_word_broken_and_no_line_that_is_longer()
    {
        await RunAsync("policy", "prove");
        var whole = Output;
        output.GetStringBuilder().Clear();

        (await RunAsync(60, "policy", "prove")).ShouldBe(ExitCode.Done, Error);

        var lines = Output.Split('\n');
        lines.ShouldAllBe(line => line.Length <= 60);
        lines.ShouldContain(line => line.StartsWith("    ", StringComparison.Ordinal));
        Output.Replace("\n    ", " ", StringComparison.Ordinal).ShouldBe(whole);
    }

    [Fact]
    public async Task What_is_told_of_a_change_is_not_broken_in_words_either()
    {
        Write("older", (Allow, "allow: args.amount < 2.0"));

        (await RunAsync(60, "policy", "prove", "--against", Path.Combine(folder, "older"))).ShouldBe(ExitCode.Refused);

        Error.Split('\n').ShouldAllBe(line => line.Length <= 60);
        Error.ShouldContain("\n    ");
    }

    [Fact]
    public async Task A_tenant_is_summed_up_by_its_own_settings_rules_and_limits()
    {
        await ApplyAsync("acme", "settings: { limit: 20 }\npolicy:\n  - { review: args.amount >= 10.0 }\nlimits:\n  - { concurrent: 2 }");
        await ApplyAsync("globex", "settings: { limit: 30 }");

        (await RunAsync("policy", "prove", "pay", "--tenant", "acme")).ShouldBe(ExitCode.Done, Error);
        (await RunAsync("policy", "prove", "--tenant", "globex")).ShouldBe(ExitCode.Done, Error);

        // What the tenant does not have is not told.
        Output.ShouldBe("""
            pay: amount >= 0 and < 10 and < 20 (the setting limit), at most 5 in 1h by caller, at most 2 at one time by tenant
            pay: amount >= 0 and < 30 (the setting limit), at most 5 in 1h by caller

            """);
    }

    [Fact]
    public async Task A_tenant_that_sets_nothing_has_the_default()
    {
        await ApplyAsync("acme", "");

        (await RunAsync("policy", "prove", "pay", "--tenant", "acme", "--json")).ShouldBe(ExitCode.Done, Error);

        JsonElement.Parse(Output).GetProperty("capabilities")[0].GetProperty("unattended")[0].GetProperty("calls")[0].GetString().ShouldBe("amount >= 0 and < 50 (the setting limit)");
    }

    [Fact]
    public async Task A_tenant_that_reviews_everything_lets_nothing_run()
    {
        await ApplyAsync("acme", "policy:\n  - { review: \"true\" }");

        (await RunAsync("policy", "prove", "pay", "--tenant", "acme")).ShouldBe(ExitCode.Done, Error);

        Output.ShouldBe("pay: nothing ever runs without a person.\n");
    }

    [Theory]
    [InlineData(ExitCode.Refused, "There is no capability pey.", "pey")]
    [InlineData(ExitCode.Refused, "There is no tenant nobody.", "--tenant", "nobody")]
    [InlineData(ExitCode.Refused, "The tenant acme does not have ask.", "ask", "--tenant", "acme")]
    [InlineData(ExitCode.Usage, "is not a name for a tenant", "--tenant", "No One")]
    [InlineData(ExitCode.Usage, "There is no folder", "--against", "nowhere")]
    [InlineData(ExitCode.Usage, "it goes without a capability and without --tenant", "pay", "--against", ".")]
    [InlineData(ExitCode.Usage, "it goes without a capability and without --tenant", "--tenant", "acme", "--against", ".")]
    public async Task What_cannot_be_proven_says_what_is_missing(int exit, string message, params string[] arguments)
    {
        await ApplyAsync("acme", "");

        (await RunAsync(["policy", "prove", .. arguments])).ShouldBe(exit);

        Error.ShouldContain(message);
        Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Machines_are_told_what_is_missing()
    {
        (await RunAsync("policy", "prove", "pey", "--json")).ShouldBe(ExitCode.Refused);

        JsonElement.Parse(Output).GetProperty("missing").GetString().ShouldBe("There is no capability pey.");
    }

    [Fact]
    public async Task A_folder_of_manifests_that_is_not_there_is_a_problem()
    {
        (await RunAsync("policy", "prove", "--capabilities", Path.Combine(folder, "nowhere"))).ShouldBe(ExitCode.Refused);

        Error.ShouldContain("nothing is proven of them");
    }

    [Fact]
    public async Task Of_manifests_with_a_problem_nothing_is_proven()
    {
        Write("capabilities", (Allow, "allow: args.amont < 20.0"));

        (await RunAsync("policy", "prove")).ShouldBe(ExitCode.Refused);
        Error.ShouldStartWith("pay.yaml:13:");
        Error.ShouldEndWith("1 problem(s) in the capability manifests; nothing is proven of them.\n");
        Output.ShouldBeEmpty();

        (await RunAsync("policy", "prove", "--json")).ShouldBe(ExitCode.Refused);
        var problem = JsonElement.Parse(Output).GetProperty("problems")[0];
        (problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32()).ShouldBe(("pay.yaml", 13));
        problem.GetProperty("column").GetInt32().ShouldBeGreaterThan(0);
        problem.GetProperty("path").GetString().ShouldBe("/policy/0/allow");
        problem.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("does not check");
        problem.GetProperty("fix").GetString().ShouldNotBeNullOrEmpty();
        JsonElement.Parse(Output).GetProperty("capabilities").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("never_allow: args.amount > 40.0", "allow[0] (args.amount < tenant.settings.limit) allows what must never be allowed")]
    [InlineData("never_allow: args.amount > 100.0", null)]
    public async Task An_invariant_is_held_against_the_settings_of_every_tenant(string invariant, string? problem)
    {
        Write("capabilities", ("approval:", $"invariants:\n  - {{ {invariant} }}\napproval:"));
        await ApplyAsync("acme", "settings: { limit: 20 }", problem is null ? ExitCode.Done : ExitCode.Refused);
        error.GetStringBuilder().Clear();

        (await RunAsync("policy", "prove", "pay", "--tenant", "acme")).ShouldBe(problem is null ? ExitCode.Done : ExitCode.Refused);

        Error.ShouldContain(problem ?? "");
        (problem is null ? Output : Error).ShouldContain(problem is null ? "< 20 (the setting limit)" : "nothing is proven of them");
    }

    [Fact]
    public async Task Where_nothing_is_wider_than_it_was_it_says_so_and_ends_with_0()
    {
        Write("older", (Limit, "{ count: 6, per: 1h, by: [caller] }"));

        (await RunAsync("policy", "prove", "--against", Path.Combine(folder, "older"))).ShouldBe(ExitCode.Done, Error);
        Output.ShouldBe("Nothing is allowed that was not allowed before.\n");
        output.GetStringBuilder().Clear();

        (await RunAsync("policy", "prove", "--against", Path.Combine(folder, "older"), "--json")).ShouldBe(ExitCode.Done, Error);
        JsonElement.Parse(Output).GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_wider_than_it_was_is_told_with_an_example_and_ends_with_1()
    {
        Write("older", (Allow, "allow: args.amount < 2.0"));

        (await RunAsync("policy", "prove", "--against", Path.Combine(folder, "older"))).ShouldBe(ExitCode.Refused);
        Error.ShouldStartWith("pay: allows more: allow[0] (args.amount < tenant.settings.limit) allows what was not allowed.\n    for example args.amount = ");
        Output.ShouldBeEmpty();

        (await RunAsync("policy", "prove", "--against", Path.Combine(folder, "older"), "--json")).ShouldBe(ExitCode.Refused);
        var change = JsonElement.Parse(Output).GetProperty("changes")[0];
        (change.GetProperty("capability").GetString(), change.GetProperty("kind").GetString()).ShouldBe(("pay", "allows more"));
        change.GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("allow[0] ");
        change.GetProperty("example").GetString().ShouldNotBeNull().ShouldContain("args.amount = ");
    }

    [Fact]
    public async Task A_limit_that_became_weaker_has_no_example()
    {
        Write("older", (Limit, "{ count: 4, per: 1h, by: [caller] }"));

        (await RunAsync("policy", "prove", "--against", Path.Combine(folder, "older"), "--json")).ShouldBe(ExitCode.Refused);

        var change = JsonElement.Parse(Output).GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
        (change.GetProperty("kind").GetString(), change.GetProperty("example").ValueKind).ShouldBe(("limit weakened", JsonValueKind.Null));
    }

    [Fact]
    public async Task A_problem_of_the_older_manifests_names_their_folder_and_nothing_is_compared()
    {
        Write("older", (Allow, "allow: args.amont < 20.0"));
        var older = Path.Combine(folder, "older");

        (await RunAsync("policy", "prove", "--against", older)).ShouldBe(ExitCode.Refused);
        Error.ShouldStartWith(Path.Combine(older, "pay.yaml") + ":13:");
        Error.ShouldNotContain("allows");
        Output.ShouldBeEmpty();

        (await RunAsync("policy", "prove", "--against", older, "--json")).ShouldBe(ExitCode.Refused);
        JsonElement.Parse(Output).GetProperty("problems").GetArrayLength().ShouldBe(1);
    }

    private void Write(string directory, params (string Old, string New)[] edits)
    {
        Directory.CreateDirectory(Path.Combine(folder, directory));
        var text = edits.Aggregate(Manifest.ReplaceLineEndings("\n"), (all, edit) => all.Replace(edit.Old, edit.New, StringComparison.Ordinal));
        (edits.Length == 0 || text != Manifest).ShouldBeTrue();
        File.WriteAllText(Path.Combine(folder, directory, "pay.yaml"), text);
    }

    private async Task ApplyAsync(string tenant, string rest, int exit = ExitCode.Done)
    {
        var file = Path.Combine(folder, $"{tenant}.yaml");
        await File.WriteAllTextAsync(file, $$"""
            tenant: {{tenant}}
            name: {{tenant}}
            capabilities: [pay]
            connections:
              api: { baseUrl: "https://api.example", audience: api, auth: { type: step_token } }
            {{rest}}
            """);
        (await RunAsync("tenant", "apply", file)).ShouldBe(exit, Error);
        output.GetStringBuilder().Clear();
    }

    private Task<int> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    private Task<int> RunAsync(int? width, params string[] arguments)
    {
        var terminal = ScriptedTerminal.In(folder, output, error, width: width);
        string[] common =
        [
            "--data", Path.Combine(folder, "data"),
            .. arguments.Contains("--capabilities", StringComparer.Ordinal) ? Array.Empty<string>() : ["--capabilities", Path.Combine(folder, "capabilities")],
        ];
        return new Cli(terminal, Verbs.All).RunAsync([.. arguments, .. common], CancellationToken.None);
    }
}
