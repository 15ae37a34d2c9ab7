using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstage.Safety.Ledger;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Verifies the ledger, every entry of it.</summary>
internal sealed class LedgerVerifyVerb() : Verb("ledger verify", "Verify every entry of the ledger.")
{
    private readonly Option<string?> tenant = new("--tenant") { Description = "Whose ledger. Default: every one.", HelpName = "TENANT" };
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "A checkpoint that was kept outside; without one a tail that was cut off can go unseen.", HelpName = "FILE" };

    protected override IEnumerable<Option> Options => [tenant, checkpoint];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = parse.GetValue(tenant) is { } name ? Named.TenantOf(name) : null;
        LedgerCheckpoint? kept = null;
        if (parse.GetValue(checkpoint) is { } file)
        {
            var path = Path.GetFullPath(file, terminal.CurrentDirectory);
            if (!File.Exists(path))
            {
                return terminal.Misused($"--checkpoint names {path}, which does not exist.");
            }

            if (!LedgerCheckpoint.Parse(await File.ReadAllTextAsync(path, cancellation)).TryGet(out var read, out var refusal))
            {
                return terminal.Refuse(refusal);
            }

            kept = read;
        }

        return await WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                var report = await new Waiting(terminal, TimeProvider.System).ForAsync("Verifying the ledger", () => services.GetRequiredService<ILedger>().VerifyAsync(id, kept, cancellation));
                Tell(report, parse.GetValue(CommonOptions.Json), terminal);
                return report.IsSound ? ExitCode.Done : ExitCode.Refused;
            },
            cancellation);
    }

    private static void Tell(LedgerReport report, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(Json(report));
            return;
        }

        var sheet = new Sheet("TENANT", "ENTRIES", "HEAD", "PAYLOADS", "FAULTS");
        foreach (var ledger in report.Tenants)
        {
            sheet.Add(ledger.Tenant, $"{ledger.Length}", ledger.HeadHash[..12], ledger.ArePayloadsChecked ? "checked" : "shredded", $"{ledger.Faults.Length}");
        }

        sheet.Write(terminal);
        foreach (var fault in report.Faults)
        {
            terminal.Error.WriteLine($"{fault.Tenant} #{fault.Number} {fault.Kind}: {fault.Detail}");
        }

        terminal.Out.WriteLine(report.IsSound ? "The ledger is sound." : "The ledger is NOT sound.");
    }

    private static JsonObject Json(LedgerReport report) => new()
    {
        ["sound"] = report.IsSound,
        ["tenants"] = new JsonArray([.. report.Tenants.Select(ledger => (JsonNode)new JsonObject
        {
            ["tenant"] = ledger.Tenant,
            ["entries"] = ledger.Length,
            ["head"] = ledger.HeadHash,
            ["payloads_checked"] = ledger.ArePayloadsChecked,
        })]),
        ["faults"] = new JsonArray([.. report.Faults.Select(fault => (JsonNode)new JsonObject
        {
            ["tenant"] = fault.Tenant,
            ["entry"] = fault.Number,
            ["kind"] = $"{fault.Kind}",
            ["detail"] = fault.Detail,
        })]),
    };
}
