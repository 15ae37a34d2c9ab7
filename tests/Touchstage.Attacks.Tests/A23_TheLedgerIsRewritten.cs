using Microsoft.Extensions.DependencyInjection;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Ledger;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A23_TheLedgerIsRewritten
{
    [Theory]
    [InlineData("nothing", "UPDATE ledger SET At = At", null)]
    [InlineData("an entry's text", "UPDATE ledger SET Bytes = CAST(replace(CAST(Bytes AS TEXT), 'eve2@', 'bob2@') AS BLOB) WHERE Tenant = 'acme' AND Kind = 'step.recorded'", LedgerFaultKind.Changed)]
    [InlineData("the last entry's text", "UPDATE ledger SET Bytes = CAST(replace(CAST(Bytes AS TEXT), 'completed', 'failed') AS BLOB) WHERE Tenant = 'acme' AND Number = (SELECT max(Number) FROM ledger WHERE Tenant = 'acme')", LedgerFaultKind.Changed)]
    [InlineData("an entry's columns", "UPDATE ledger SET Subject = 'stp_other' WHERE Tenant = 'acme' AND Number = 5", LedgerFaultKind.Changed)]
    [InlineData("an entry's time", "UPDATE ledger SET At = At - 60000000 WHERE Tenant = 'acme' AND Number = 5", LedgerFaultKind.Changed)]
    [InlineData("an entry is gone", "DELETE FROM ledger WHERE Tenant = 'acme' AND Number = 5", LedgerFaultKind.Missing)]
    [InlineData("the first is gone", "DELETE FROM ledger WHERE Tenant = 'acme' AND Number = 1", LedgerFaultKind.Missing)]
    [InlineData("two change places", "UPDATE ledger SET Number = -5 WHERE Tenant = 'acme' AND Number = 5; UPDATE ledger SET Number = 5 WHERE Tenant = 'acme' AND Number = 6; UPDATE ledger SET Number = 6 WHERE Tenant = 'acme' AND Number = -5", LedgerFaultKind.Reordered)]
    [InlineData("the tail is cut", "DELETE FROM ledger WHERE Tenant = 'acme' AND Number > 6", LedgerFaultKind.Truncated)]
    [InlineData("the head is set back", "UPDATE ledger_heads SET Length = 6 WHERE Tenant = 'acme'", LedgerFaultKind.Head)]
    [InlineData("the head is gone", "DELETE FROM ledger_heads WHERE Tenant = 'acme'", LedgerFaultKind.Head)]
    [InlineData("a payload is changed", "UPDATE ledger SET Box = zeroblob(length(Box)) WHERE Tenant = 'acme' AND Kind = 'step.recorded'", LedgerFaultKind.Payload)]
    [InlineData("another's payload", "UPDATE ledger SET Box = (SELECT Box FROM ledger WHERE Tenant = 'globex' AND Number = 1) WHERE Tenant = 'acme' AND Number = 1", LedgerFaultKind.Payload)]
    public async Task Verify_FindsIt(string what, string sql, LedgerFaultKind? kind)
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await FillAsync(host);
        var ledger = host.Services.GetRequiredService<ILedger>();
        (await ledger.VerifyAsync(null, null, default)).IsSound.ShouldBeTrue();

        await host.TamperAsync(sql);
        var report = await ledger.VerifyAsync(null, null, default);

        report.IsSound.ShouldBe(kind is null, what);
        report.Faults.Select(fault => (LedgerFaultKind?)fault.Kind).FirstOrDefault().ShouldBe(kind, string.Join('\n', report.Faults));
        report.Faults.ShouldAllBe(fault => fault.Tenant == "acme");
    }

    [Fact]
    public async Task AnEntryRewrittenWithItsOwnHash_IsBetrayedByItsSuccessor()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await FillAsync(host);
        await using (var raw = await host.OpenRawAsync())
        {
            raw.CreateFunction("sha256hex", (byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
            await using var command = raw.CreateCommand();
            command.CommandText = """
                UPDATE ledger SET Bytes = CAST(replace(CAST(Bytes AS TEXT), 'eve0@', 'bob0@') AS BLOB) WHERE Tenant = 'acme' AND Number = 5;
                UPDATE ledger SET Hash = sha256hex(Bytes) WHERE Tenant = 'acme' AND Number = 5;
                """;
            await command.ExecuteNonQueryAsync();
        }

        var report = await host.Services.GetRequiredService<ILedger>().VerifyAsync(TouchstageHost.TenantOf("acme"), null, default);

        report.Faults.Select(fault => (fault.Number, fault.Kind)).ShouldContain((5, LedgerFaultKind.Changed));
    }

    [Fact]
    public async Task ATailCutTogetherWithItsHead_IsFoundByACheckpointHeldOutside()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await FillAsync(host);
        var ledger = host.Services.GetRequiredService<ILedger>();
        var checkpoint = await ledger.CheckpointAsync(default);
        (await ledger.VerifyAsync(null, checkpoint, default)).IsSound.ShouldBeTrue();

        await host.TamperAsync("""
            DELETE FROM ledger WHERE Tenant = 'acme' AND Number > 6;
            UPDATE ledger_heads SET Length = 6, Hash = (SELECT Hash FROM ledger WHERE Tenant = 'acme' AND Number = 6) WHERE Tenant = 'acme';
            """);

        (await ledger.VerifyAsync(null, null, default)).IsSound.ShouldBeTrue("without the checkpoint nobody can know");
        var report = await ledger.VerifyAsync(null, checkpoint, default);
        report.Faults.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFaultKind.Truncated);
    }

    [Fact]
    public async Task ACheckpointThatWasEdited_IsNotBelieved()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await FillAsync(host);
        var ledger = host.Services.GetRequiredService<ILedger>();
        var text = (await ledger.CheckpointAsync(default)).ToText();
        LedgerCheckpoint.Parse(text.Replace("\"length\":", "\"length\":1", StringComparison.Ordinal)).TryGet(out var edited, out _).ShouldBeTrue();

        (await ledger.VerifyAsync(null, edited, default)).CheckpointFaults.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFaultKind.Checkpoint);
    }

    private static async Task FillAsync(TouchstageHost host)
    {
        var agent = await host.AgentAsync();
        for (var i = 0; i < 4; i++)
        {
            await host.InviteAsync(agent, $"eve{i}@acme.example");
        }
    }
}
