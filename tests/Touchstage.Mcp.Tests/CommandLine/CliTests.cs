using System.Text.Json;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

public sealed class CliTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-cli-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    private string Error => error.ToString();

    private string Output => output.ToString();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("nonsense", "'nonsense' is not known here.")]
    [InlineData("serv", "Did you mean 'serve'?")]
    [InlineData("tenant aply", "Did you mean 'apply'?")]
    [InlineData("serve --htp http://127.0.0.1:0", "Did you mean '--http'?")]
    [InlineData("tenant list --jsn", "Did you mean '--json'?")]
    [InlineData("", "Usage: touchstage demo | init | import | serve | check")]
    [InlineData("tenant", "Usage: touchstage tenant apply | list | show")]
    [InlineData("session create acme --kind boss --subject x", "'approver'")]
    [InlineData("session create acme --kind agent", "--subject")]
    [InlineData("session create Acme! --kind agent --subject x", "A tenant's name is")]
    [InlineData("session create acme --kind agent --subject x --expires soon", "--expires is a whole number")]
    [InlineData("serve --stdio --http http://127.0.0.1:0", "either --stdio or --http")]
    [InlineData("serve --http http://192.168.1.1:80", "--behind-proxy")]
    [InlineData("approvals list", "TOUCHSTAGE_SESSION")]
    [InlineData("approvals approve apr_1 --session-file nowhere", "does not exist")]
    [InlineData("approvals resolve apr_1 --reason seen", "either --succeeded or --failed")]
    [InlineData("approvals resolve apr_1 --succeeded --failed --reason seen", "either --succeeded or --failed")]
    [InlineData("approvals resolve stp_1 --succeeded", "--reason")]
    [InlineData("approvals resolve stp_1 --succeeded --reason seen", "TOUCHSTAGE_SESSION")]
    [InlineData("tenant list --store env:NOWHERE", "NOWHERE, which is not set")]
    [InlineData("tenant list --store mysql:x", "sqlite:PATH")]
    [InlineData("ledger verify --checkpoint nowhere", "does not exist")]
    [InlineData("replay stp_1", "--tenant")]
    [InlineData("introspection create Acme! billing", "A tenant's name is")]
    [InlineData("introspection create acme billing --url ftp://x", "--url must be an address")]
    [InlineData("introspection create acme billing --url http://127.0.0.1:5210/mcp", "--url must be an address")]
    public async Task Run_Misused_IsExit2WithWhatToDo(string line, string expected)
    {
        (await RunAsync(line)).ShouldBe(ExitCode.Usage);
        Error.ShouldContain(expected);
        Error.ShouldNotContain("   at ");
        Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("secret set acme billing hunter2hunter2")]
    [InlineData("secret set acme billing hunter2hunter2 more")]
    [InlineData("secret set acme billing --value=hunter2hunter2")]
    [InlineData("secret set acme billing --value hunter2hunter2")]
    [InlineData("tenant list --store postgres://me:hunter2hunter2@db/x")]
    [InlineData("tenant list --store Host=db;Password=hunter2hunter2")]
    public async Task Run_SecretOnTheCommandLine_IsRefusedAndNotRepeated(string line)
    {
        (await RunAsync(line)).ShouldBe(ExitCode.Usage);
        Error.ShouldNotContain("hunter2");
        Error.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("session create acme --kind agent --subject bob", "There is no tenant acme")]
    [InlineData("tenant apply nowhere.yaml", "There is no file")]
    [InlineData("tenant show acme", "There is no tenant acme")]
    [InlineData("replay stp_1 --tenant acme", "(unknown_step)")]
    [InlineData("introspection create acme billing", "There is no tenant acme")]
    [InlineData("introspection revoke icl_1", "(introspection_client_refused)")]
    public async Task Run_NotThere_IsExit1(string line, string expected)
    {
        (await RunAsync(line)).ShouldBe(ExitCode.Refused);
        Error.ShouldContain(expected);
    }

    [Fact]
    public async Task Run_BrokenManifest_TellsFileLineAndFix_AndExits1()
    {
        var broken = Directory.CreateDirectory(Path.Combine(folder, "broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, "x.yaml"), "capability: x\nnonsense: true\n");

        (await RunAsync($"check --capabilities {broken}")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("x.yaml:2:");
        Error.ShouldContain("fix: ");
        (await RunAsync($"tenant list --capabilities {broken}")).ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task Check_SampleManifests_AreGood()
    {
        (await RunAsync("check")).ShouldBe(ExitCode.Done, Error);
        Output.ShouldContain("0 failed");
    }

    [Fact]
    public async Task Run_DatabaseIsNoDatabase_IsExit1WithoutAStackTrace()
    {
        Directory.CreateDirectory(Path.Combine(folder, "store"));
        await File.WriteAllTextAsync(Path.Combine(folder, "store", "touchstage.db"), new string('x', 8_192));

        (await RunAsync("tenant list")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("(store_");
        Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Serve_Stdio_WithoutOrWithAWrongKey_IsExit1AndNothingOnStdout()
    {
        (await RunAsync("serve --stdio")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("TOUCHSTAGE_SESSION is not set");
        environment["TOUCHSTAGE_SESSION"] = "ts_agent_wrong";
        (await RunAsync("serve --stdio")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("is not good");
        Error.ShouldNotContain("ts_agent_wrong");
        Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Serve_PortTaken_IsExit1WithWhatToDo()
    {
        await using var other = FakeUpstream.Answering(200, "text/plain", "");

        (await RunAsync($"serve --http {other.BaseUrl}")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("choose another address");
        Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Sessions_CreateListRevoke_ShowTheKeyOnce()
    {
        await ApplyAsync();
        (await RunAsync("session create acme --kind agent --subject bob --role support --json")).ShouldBe(ExitCode.Done, Error);
        var created = JsonElement.Parse(Output);
        var (id, key) = (created.GetProperty("id").GetString()!, created.GetProperty("key").GetString()!);
        output.GetStringBuilder().Clear();

        (await RunAsync("session list acme")).ShouldBe(ExitCode.Done);
        Output.ShouldContain(id);
        Output.ShouldNotContain(key);
        (await RunAsync($"session revoke acme {id}")).ShouldBe(ExitCode.Done);

        environment["TOUCHSTAGE_SESSION"] = key;
        (await RunAsync("approvals list")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("(invalid_session)");
    }

    [Fact]
    public async Task Introspection_CreateListRevoke_ShowTheSecretOnce()
    {
        await ApplyAsync();
        (await RunAsync("introspection create acme workspace --json")).ShouldBe(ExitCode.Done, Error);
        var created = JsonElement.Parse(Output);
        var (id, secret) = (created.GetProperty("client_id").GetString()!, created.GetProperty("client_secret").GetString()!);
        output.GetStringBuilder().Clear();

        (await RunAsync("introspection list acme")).ShouldBe(ExitCode.Done);
        Output.ShouldContain(id);
        Output.ShouldNotContain("ics_");
        (await RunAsync($"introspection revoke {id}")).ShouldBe(ExitCode.Done);
        output.GetStringBuilder().Clear();
        (await RunAsync("introspection list acme --json")).ShouldBe(ExitCode.Done);
        var listed = JsonElement.Parse(Output).EnumerateArray().ShouldHaveSingleItem();
        listed.GetProperty("revoked_at").GetString().ShouldNotBeNull();
        (Output + Error).ShouldNotContain(secret);
    }

    [Fact]
    public async Task IntrospectionCreate_ForPeople_ShowsTheSecretOnStandardOutputAlone_AndALineToTry()
    {
        await ApplyAsync();
        (await RunAsync("introspection create acme workspace --url https://touchstage.example")).ShouldBe(ExitCode.Done, Error);

        var (id, secret) = (Output.Split('\n')[0].Split(' ')[^1], Output.Split('\n')[1].Split(' ')[^1]);
        secret.ShouldStartWith("ics_");
        Error.ShouldContain($"curl --user {id} --data token=TOKEN https://touchstage.example/introspect");
        Error.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Approvals_UnderAnAgentsKey_AreNotToBeHad()
    {
        await ApplyAsync();
        (await RunAsync("session create acme --kind agent --subject bob --json")).ShouldBe(ExitCode.Done, Error);
        environment["TOUCHSTAGE_SESSION"] = JsonElement.Parse(Output).GetProperty("key").GetString()!;

        (await RunAsync("approvals list")).ShouldBe(ExitCode.Refused);
        Error.ShouldContain("This session key is an agent's");
        (await RunAsync("approvals approve apr_1")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("--revision");
    }

    [Fact]
    public async Task SecretSet_FromStandardInput_IsKeptAndNotShown()
    {
        await ApplyAsync();

        (await RunAsync("secret set acme workspace", "hunter2hunter2\n")).ShouldBe(ExitCode.Done, Error);
        (Output + Error).ShouldNotContain("hunter2");
        (await RunAsync("secret set acme nowhere", "hunter2hunter2\n")).ShouldBe(ExitCode.Refused);
        (Output + Error).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task LedgerVerify_WithACheckpointOfTheExport_IsSound()
    {
        await ApplyAsync();
        var (ledger, checkpoint) = (Path.Combine(folder, "acme.jsonl"), Path.Combine(folder, "checkpoint.json"));

        (await RunAsync($"ledger export acme --out {ledger} --checkpoint {checkpoint}")).ShouldBe(ExitCode.Done, Error);
        (await File.ReadAllTextAsync(ledger)).ShouldContain("tenant.applied");
        (await RunAsync($"ledger verify --checkpoint {checkpoint}")).ShouldBe(ExitCode.Done, Error);
        Output.ShouldContain("The ledger is sound.");
    }

    private async Task ApplyAsync()
    {
        (await RunAsync($"tenant apply {Path.Combine(Repository.Root, "samples", "tenants", "acme.yaml")}")).ShouldBe(ExitCode.Done, Error);
        output.GetStringBuilder().Clear();
    }

    private async Task<int> RunAsync(string line, string input = "")
    {
        var terminal = ScriptedTerminal.In(folder, output, error, input, environment.GetValueOrDefault);
        string[] args = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        string[] common = ["--data", Path.Combine(folder, "store"), .. line.Contains("--capabilities", StringComparison.Ordinal) ? Array.Empty<string>() : ["--capabilities", Repository.Capabilities]];
        return await new Cli(terminal, Verbs.All).RunAsync(args.Length == 0 || args is ["tenant"] ? args : [.. args, .. common], CancellationToken.None);
    }
}
