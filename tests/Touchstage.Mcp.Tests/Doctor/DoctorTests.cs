using System.Text.Json;
using Microsoft.Data.Sqlite;
using Touchstage.Mcp.CommandLine;
using Touchstage.Mcp.Tests.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private const string Key = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-doctor-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    private string Output => output.ToString();

    private string Data => Path.Combine(folder, "store");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Doctor_WhereThereIsNothing_Fails_AndMakesNothing()
    {
        (await RunAsync("doctor")).ShouldBe(ExitCode.Refused);

        Output.ShouldContain("FAIL  data folder: There is no folder");
        Output.ShouldContain("FAIL  keys:");
        Output.ShouldContain("ok    manifests:");
        Directory.Exists(Data).ShouldBeFalse();
    }

    [Fact]
    public async Task Doctor_ASetUpThatIsWhole_IsFineWithWarnings()
    {
        await SetUpAsync();

        (await RunAsync("doctor")).ShouldBe(ExitCode.Done, Output);

        Output.ShouldContain("ok    data folder:");
        Output.ShouldContain("warn  keys: The keys lie beside the store");
        Output.ShouldContain("ok    store:");
        Output.ShouldContain("ok    tenant acme:");
        Output.ShouldContain("ok    approvals of acme: None waits.");
        Output.ShouldContain("ok    webhooks of acme: Everything was delivered.");
        Output.ShouldEndWith($"0 failed, 1 to look at.{Environment.NewLine}");
    }

    [Fact]
    public async Task Doctor_Json_SaysTheSame()
    {
        await SetUpAsync();

        (await RunAsync("doctor --json")).ShouldBe(ExitCode.Done, Output);

        var report = JsonElement.Parse(Output);
        report.GetProperty("sound").GetBoolean().ShouldBeTrue();
        report.GetProperty("findings").EnumerateArray().Select(finding => $"{finding.GetProperty("level")} {finding.GetProperty("about")}")
            .ShouldBe(["ok data folder", "warn keys", "ok manifests", "ok store", "ok signing key", "ok tenant acme", "ok approvals of acme", "ok webhooks of acme"]);
    }

    [Fact]
    public async Task Doctor_MissingSecretsAndApprovers_AreNamedWithWhatToDo()
    {
        await ApplyAsync();

        (await RunAsync("doctor")).ShouldBe(ExitCode.Refused);

        Output.ShouldContain("FAIL  tenant acme: The connection workspace has no secret.");
        Output.ShouldContain("> touchstage secret set acme workspace < FILE");
        Output.ShouldContain("FAIL  tenant acme: The webhook pager has no secret.");
        Output.ShouldContain("> touchstage secret set acme webhook:pager < FILE");
        Output.ShouldContain("warn  tenant acme: No approver's session is good");
    }

    [Fact]
    public async Task Doctor_KeysThatAreGone_Fail_AndNoNewOneHidesIt()
    {
        await SetUpAsync();
        Directory.Delete(Path.Combine(Data, "keys"), recursive: true);

        (await RunAsync("doctor")).ShouldBe(ExitCode.Refused);
        Output.ShouldContain("FAIL  keys:");
        Directory.Exists(Path.Combine(Data, "keys")).ShouldBeFalse();
    }

    [Fact]
    public async Task Doctor_KeysOfAnotherStore_FailForTheTenant()
    {
        await SetUpAsync();
        await SqlAsync("UPDATE tenant_keys SET Wrapped = zeroblob(64)");

        (await RunAsync("doctor")).ShouldBe(ExitCode.Refused);

        Output.ShouldContain("FAIL  tenant acme: Its data key does not open");
    }

    [Fact]
    public async Task Doctor_AFolderThatOthersCanRead_Fails()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await SetUpAsync();
        File.SetUnixFileMode(Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

        (await RunAsync("doctor")).ShouldBe(ExitCode.Refused);

        Output.ShouldContain($"FAIL  data folder: Others on this machine can reach {Data}.");
        Output.ShouldContain($"> chmod 700 {Data}");
    }

    [Fact]
    public async Task Doctor_AStoreThatIsNone_Fails()
    {
        await SetUpAsync();
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(Path.Combine(Data, "touchstage.db"), new string('x', 8_192));

        (await RunAsync("doctor")).ShouldBe(ExitCode.Refused);

        Output.ShouldContain("FAIL  store:");
        Output.ShouldNotContain("tenant acme");
    }

    [Fact]
    public async Task Doctor_BrokenManifests_Fail()
    {
        await SetUpAsync();
        var broken = Directory.CreateDirectory(Path.Combine(folder, "broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, "x.yaml"), "capability: x\nnonsense: true\n");

        (await RunAsync($"doctor --capabilities {broken}")).ShouldBe(ExitCode.Refused);

        Output.ShouldContain("FAIL  manifests:");
        Output.ShouldContain("touchstage check");
    }

    [Fact]
    public async Task Doctor_AStepThatMayHaveHappened_IsNamedWithWhatToDo()
    {
        await SetUpAsync();
        await SqlAsync("""
            INSERT INTO steps (Tenant, Id, PrincipalKey, SessionId, Scope, Capability, Connection, ActionDigest, Summary, Status, RecordedAt, Deadline, VerifyTries) VALUES
            ('acme', 'stp_1', 'touchstage/bob', 'ses_1', 'refund_user', 'refund_user', 'billing', 'sha256:a', 'Refund 60', 'Unknown', 1772366400000000, 1772366430000000, 0)
            """);

        (await RunAsync("doctor")).ShouldBe(ExitCode.Done, Output);

        Output.ShouldContain("warn  approvals of acme: 1 step(s) may or may not have happened: stp_1 (refund_user)");
        Output.ShouldContain("touchstage approvals resolve ID --succeeded or --failed, with --reason TEXT");
    }

    [Fact]
    public async Task Webhooks_WhatWasGivenUp_IsShownAndRetriedAndDropped()
    {
        await SetUpAsync();
        await SqlAsync("""
            INSERT INTO webhook_deliveries (Tenant, Id, Webhook, Event, ApprovalId, Payload, State, CreatedAt, DueAt, Tries, LastError, SettledAt) VALUES
            ('acme', 'whm_1', 'pager', 'approval.pending', 'apr_1', x'7b7d', 'dead', 1772366400000000, NULL, 10, 'The receiver answered with HTTP status 500.', 1772366400000000),
            ('acme', 'whm_2', 'pager', 'approval.pending', 'apr_2', x'7b7d', 'dead', 1772366400000000, NULL, 10, 'The receiver took no connection.', 1772366400000000),
            ('acme', 'whm_3', 'pager', 'approval.expired', 'apr_3', x'7b7d', 'pending', 1772366400000000, 1772366400000000, 4, 'The receiver took no connection.', NULL)
            """);

        (await RunAsync("doctor")).ShouldBe(ExitCode.Done, Output);
        Output.ShouldContain("warn  webhooks of acme: 2 could not be delivered: whm_1 to pager (approval.pending of apr_1, since 2026-03-01T12:00:00Z): The receiver answered with HTTP status 500.;");
        Output.ShouldContain("touchstage webhooks retry acme --all-dead");
        Output.ShouldContain("warn  webhooks of acme: 1 have failed 3 times or more");

        (await RunAsync("webhooks list acme")).ShouldBe(ExitCode.Done);
        Output.ShouldContain("2 dead, 1 on their way.");
        (await RunAsync("webhooks retry acme whm_1")).ShouldBe(ExitCode.Done);
        (await RunAsync("webhooks retry acme whm_9")).ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain("(unknown_delivery)");
        (await RunAsync("webhooks retry acme --all-dead")).ShouldBe(ExitCode.Done);
        Output.ShouldContain("1 are due now");
        (await RunAsync("webhooks drop acme whm_3")).ShouldBe(ExitCode.Done);
        Output.ShouldContain("whm_3 (approval.expired of apr_3 to pager) is removed.");
        (await RunAsync("webhooks drop acme --all-dead")).ShouldBe(ExitCode.Done);
        Output.ShouldContain("0 are removed.");
        (await RunAsync("webhooks list acme --json")).ShouldBe(ExitCode.Done);
        Output.ShouldContain("\"dead\": 0");
    }

    [Theory]
    [InlineData("webhooks retry acme")]
    [InlineData("webhooks retry acme whm_1 --all-dead")]
    [InlineData("webhooks drop acme")]
    [InlineData("webhooks drop acme whm_1 --all-dead")]
    public async Task Webhooks_OfNothingOrOfBoth_IsMisuse(string line)
    {
        (await RunAsync(line)).ShouldBe(ExitCode.Usage);
        error.ToString().ShouldContain("--all-dead");
    }

    private async Task SetUpAsync()
    {
        await ApplyAsync();
        foreach (var connection in new[] { "workspace", "webhook:pager" })
        {
            (await RunAsync($"secret set acme {connection}", Key)).ShouldBe(ExitCode.Done, error.ToString());
        }

        (await RunAsync("session create acme --kind approver --subject paula --role support")).ShouldBe(ExitCode.Done);
        output.GetStringBuilder().Clear();
    }

    private async Task ApplyAsync()
    {
        var yaml = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "tenants", "acme.yaml"));
        var file = Path.Combine(folder, "acme.yaml");
        await File.WriteAllTextAsync(file, yaml + "\nwebhooks:\n  pager: { url: \"https://hooks.example.com/touchstage\" }\n");
        (await RunAsync($"tenant apply {file}")).ShouldBe(ExitCode.Done, error.ToString());
        Output.ShouldContain("touchstage secret set acme webhook:pager < FILE");
        output.GetStringBuilder().Clear();
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "touchstage.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<int> RunAsync(string line, string input = "")
    {
        var terminal = ScriptedTerminal.In(folder, output, error, input);
        string[] common = ["--data", Data, .. line.Contains("--capabilities", StringComparison.Ordinal) ? Array.Empty<string>() : ["--capabilities", Repository.Capabilities]];
        return await new Cli(terminal, Verbs.All).RunAsync([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. common], CancellationToken.None);
    }
}
