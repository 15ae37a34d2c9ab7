using System.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Decides one revision of an approval, or several approvals, under an approver's session key.</summary>
internal abstract class ApprovalsDecideVerb(string name, string description, VoteDecision vote, Option<string?> reason) : ApproverVerb(name, description)
{
    private readonly Argument<string[]> ids = Named.Approvals();
    private readonly Option<string?> tag = Named.Tag();
    private readonly Option<string?> revision = Named.Revision();

    protected override IEnumerable<Argument> Arguments => [ids];

    protected override IEnumerable<Option> OwnOptions => [reason, tag, revision];

    protected override void Check(ParseResult parse, Terminal terminal)
    {
        Named.WordsOf(parse, reason);
        if (Named.ApprovalsOf(parse, ids).Count == 1)
        {
            Named.RevisionOf(parse, revision, terminal);
        }
        else if (parse.GetValue(revision) is not null)
        {
            throw new UsageException("--revision names a revision of one approval. Leave it off to be shown several and asked, or decide them one by one.");
        }
        else if (!terminal.IsPerson)
        {
            throw new UsageException("Nobody is at the terminal to see several cases. Decide them one by one, each with --revision N or --revision DIGEST, as approvals show tells it.");
        }
    }

    protected override Task<int> RunAsync(ApproverRun run, CancellationToken cancellation)
    {
        var (named, words, lesson) = (Named.ApprovalsOf(run.Parse, ids), Named.WordsOf(run.Parse, reason), Named.TagOf(run.Parse, tag));
        return named is [var one]
            ? new ApprovalsDecision(run).RunAsync(one, vote, words, lesson, run.Parse.GetValue(revision), cancellation)
            : new ApprovalsBatch(run).RunAsync(named, vote, words, lesson, cancellation);
    }
}
