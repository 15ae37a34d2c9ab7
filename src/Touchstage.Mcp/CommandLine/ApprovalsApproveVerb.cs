using System.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says yes to one revision of an approval.</summary>
internal sealed class ApprovalsApproveVerb() : Verb("approvals approve", "Say yes to what is shown, or to the revision that is named.")
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string?> sessionFile = Named.SessionFile();
    private readonly Option<string?> reason = new("--note") { Description = "A note for the record.", HelpName = "TEXT" };
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
                    .RunAsync(approver, parse.GetValue(id)!, VoteDecision.Approve, why, named, cancellation),
                cancellation),
            cancellation);
    }
}
