using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists what waits for an approver.</summary>
internal sealed class ApprovalsListVerb() : Verb("approvals list", "List what waits for your decision.")
{
    private readonly Option<string?> sessionFile = Named.SessionFile();
    private readonly Option<bool> unknown = new("--unknown") { Description = "List instead what was sent and nobody knows the outcome of." };

    protected override IEnumerable<Option> Options => [unknown, sessionFile];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var key = SessionKeySource.Read(parse, sessionFile, terminal);
        if (parse.GetValue(unknown))
        {
            return UnknownAsync(parse, terminal, key, cancellation);
        }

        return WithStoreAsync(
            parse,
            terminal,
            services => SessionKeySource.AsApproverAsync(
                services.GetRequiredService<ICallers>(),
                key,
                terminal,
                async approver =>
                {
                    Tell(await services.GetRequiredService<IApprovals>().ListAsync(approver, cancellation), parse.GetValue(CommonOptions.Json), terminal);
                    return ExitCode.Done;
                },
                cancellation),
            cancellation);
    }

    private static Task<int> UnknownAsync(ParseResult parse, Terminal terminal, string key, CancellationToken cancellation) => WithCatalogAsync(
        parse,
        terminal,
        services => SessionKeySource.AsApproverAsync(
            services.GetRequiredService<ICallers>(),
            key,
            terminal,
            async approver =>
            {
                UnknownSheet.Tell(await services.GetRequiredService<IResolutions>().ListAsync(approver, cancellation), parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation),
        cancellation);

    private static void Tell(IReadOnlyList<ApprovalView> waiting, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(ApprovalDocument.Queue(waiting));
            return;
        }

        var sheet = new Sheet("APPROVAL", "CAPABILITY", "SUMMARY", "ASKED BY", "EXPIRES");
        foreach (var approval in waiting)
        {
            sheet.Add(approval.Id, approval.Capability, approval.Summary, approval.Case?.Requester ?? "?", ApprovalDocument.Time(approval.ExpiresAt));
        }

        sheet.Write(terminal);
    }
}
