using System.CommandLine;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lists what waits for an approver.</summary>
internal sealed class ApprovalsListVerb() : ApproverVerb("approvals list", "List what waits for your decision, next to expire first.")
{
    private const int DefaultTake = 50;
    private const int MaxTake = 200;

    private readonly Option<string?> capability = new("--capability") { Description = "Only calls of this capability.", HelpName = "NAME" };
    private readonly Option<string?> requester = new("--requester") { Description = "Only what was asked for by somebody whose name holds this text.", HelpName = "TEXT" };
    private readonly Option<bool> unclaimed = new("--unclaimed") { Description = "Only what nobody is on." };
    private readonly Option<int> take = new("--take") { Description = $"How many, {MaxTake} at most. Default: {DefaultTake}.", HelpName = "N", DefaultValueFactory = _ => DefaultTake };
    private readonly Option<string?> after = new("--after") { Description = "Where the page before ended, as it told.", HelpName = "PLACE" };

    private readonly Option<bool> unknown = new("--unknown") { Description = "List instead what was sent and nobody knows the outcome of." };

    protected override IEnumerable<Option> OwnOptions => [capability, requester, unclaimed, take, after, unknown];

    protected override bool TakesManifests(ParseResult parse) => parse.GetValue(unknown);

    protected override void Check(ParseResult parse, Terminal terminal)
    {
        if (parse.GetValue(take) is < 1 or > MaxTake)
        {
            throw new UsageException($"--take is a number from 1 to {MaxTake}.");
        }
    }

    protected override async Task<int> RunAsync(ApproverRun run, CancellationToken cancellation)
    {
        var parse = run.Parse;
        if (parse.GetValue(unknown))
        {
            UnknownSheet.Tell(await run.Services.GetRequiredService<IResolutions>().ListAsync(run.Approver, cancellation), run.IsJson, run.Terminal);
            return ExitCode.Done;
        }

        var query = new QueueQuery(parse.GetValue(capability), parse.GetValue(requester), parse.GetValue(unclaimed), parse.GetValue(after), parse.GetValue(take));
        var queue = await run.Approvals.QueueAsync(run.Approver, query, cancellation);
        if (run.IsJson)
        {
            run.Terminal.WriteJson(QueueSheet.Json(queue));
        }
        else
        {
            QueueSheet.Write(queue, run.Now, run.Terminal);
        }

        return ExitCode.Done;
    }
}
