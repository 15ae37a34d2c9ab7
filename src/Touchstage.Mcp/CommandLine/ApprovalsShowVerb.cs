using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Shows one approval whole.</summary>
internal sealed class ApprovalsShowVerb() : Verb("approvals show", "Show one approval whole.")
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string?> sessionFile = Named.SessionFile();

    protected override IEnumerable<Argument> Arguments => [id];

    protected override IEnumerable<Option> Options => [sessionFile];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var key = SessionKeySource.Read(parse, sessionFile, terminal);
        return WithStoreAsync(
            parse,
            terminal,
            services => SessionKeySource.AsApproverAsync(
                services.GetRequiredService<ICallers>(),
                key,
                terminal,
                async approver =>
                {
                    var found = await services.GetRequiredService<IApprovals>().FindAsync(approver, ApprovalUri.IdFrom(parse.GetValue(id)!), cancellation);
                    if (!found.TryGet(out var approval, out var refusal))
                    {
                        return terminal.Refuse(refusal);
                    }

                    Tell(approval, parse.GetValue(CommonOptions.Json), terminal);
                    return ExitCode.Done;
                },
                cancellation),
            cancellation);
    }

    private static void Tell(ApprovalView approval, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            var document = ApprovalDocument.Of(approval);
            document["revision_digest"] = approval.RevisionDigest;
            terminal.WriteJson(document);
            return;
        }

        terminal.Out.Write(CaseText.Of(approval));
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(StateName.Next(approval.State));
        if (approval.State == ApprovalState.Pending)
        {
            terminal.Out.WriteLine($"To decide: touchstage approvals approve {approval.Id} --revision {approval.RevisionDigest}");
            terminal.Out.WriteLine($"       or: touchstage approvals reject {approval.Id} --reason TEXT");
        }
    }
}
