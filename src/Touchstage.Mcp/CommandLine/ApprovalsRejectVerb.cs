using System.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says no to one revision of an approval.</summary>
internal sealed class ApprovalsRejectVerb() : Verb("approvals reject", "Say no. The agent is told the reason.")
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string?> sessionFile = Named.SessionFile();
    private readonly Option<string?> reason = new("--reason") { Description = "Why not; the agent reads it.", HelpName = "TEXT", Required = true };
    private readonly Option<string?> revision = Named.Revision();

    protected override IEnumerable<Argument> Arguments => [id];

    protected override IEnumerable<Option> Options => [reason, revision, sessionFile];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var key = SessionKeySource.Read(parse, sessionFile, terminal);
        var (named, why) = (Named.RevisionOf(parse, revision, terminal), parse.GetValue(reason) ?? "");
        return WithStoreAsync(
            parse,
            terminal,
            services => SessionKeySource.AsApproverAsync(
                services.GetRequiredService<ICallers>(),
                key,
                terminal,
                approver => new ApprovalsDecision(services.GetRequiredService<IApprovals>(), terminal)
                    .RunAsync(approver, parse.GetValue(id)!, VoteDecision.Reject, why, named, cancellation),
                cancellation),
            cancellation);
    }
}
