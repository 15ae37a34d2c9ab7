using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says something about an approval without deciding it.</summary>
internal abstract class ApprovalsNoteVerb(string name, string description, NoteKind kind, string done) : ApproverVerb(name, description)
{
    private readonly Argument<string> id = Named.Approval();

    protected override IEnumerable<Argument> Arguments => [id];

    protected virtual string TextOf(ParseResult parse) => "";

    protected override void Check(ParseResult parse, Terminal terminal) => TextOf(parse);

    protected override async Task<int> RunAsync(ApproverRun run, CancellationToken cancellation)
    {
        var result = await run.Approvals.NoteAsync(run.Approver, Named.ApprovalOf(run.Parse, id), kind, TextOf(run.Parse), DecisionChannel.Cli, cancellation);
        if (!result.TryGet(out var approval, out var refusal))
        {
            return run.Terminal.Refuse(refusal);
        }

        if (run.IsJson)
        {
            run.Terminal.WriteJson(ApprovalDocument.Of(approval));
        }
        else
        {
            await run.Terminal.Out.WriteLineAsync($"{done} {approval.Id}, {VisibleText.Line(approval.Summary)}. Nothing is decided by it.");
        }

        return ExitCode.Done;
    }
}
