using System.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Decides one revision of an approval under an approver's session key.</summary>
internal abstract class ApprovalsDecideVerb(string name, string description, VoteDecision decision, Option<string?> reason) : Verb(name, description)
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string?> sessionFile = Named.SessionFile();
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
                    .RunAsync(approver, parse.GetValue(id)!, decision, why, named, cancellation),
                cancellation),
            cancellation);
    }
}
