using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Takes a request back, under the session key of the agent that asked.</summary>
internal sealed class ApprovalsWithdrawVerb() : Verb("approvals withdraw", "Take your own request back, under the agent's key. Nothing will be executed.")
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string?> reason = Named.Words("--reason", "Why, for the people who would have decided.");
    private readonly Option<string?> sessionFile = Named.SessionFile("agent");

    protected override IEnumerable<Argument> Arguments => [id];

    protected override IEnumerable<Option> Options => [reason, sessionFile];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var key = SessionKeySource.Read(parse, sessionFile, terminal, "Taking a request back needs the session key of the agent that asked");
        var (named, why) = (Named.ApprovalOf(parse, id), Named.WordsOf(parse, reason));
        return WithStoreAsync(
            parse,
            terminal,
            services => SessionKeySource.AsAgentAsync(
                services.GetRequiredService<ICallers>(),
                key,
                terminal,
                async requester => (await services.GetRequiredService<IApprovals>().WithdrawAsync(requester, named, why, cancellation)).TryGet(out var approval, out var refusal)
                    ? Tell(approval, parse.GetValue(CommonOptions.Json), terminal)
                    : terminal.Refuse(refusal),
                cancellation),
            cancellation);
    }

    private static int Tell(ApprovalView approval, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(ApprovalDocument.Of(approval));
        }
        else
        {
            terminal.Out.WriteLine($"Withdrawn: {approval.Id}, {VisibleText.Line(approval.Summary)}. Nothing was executed, and nothing will be.");
        }

        return ExitCode.Done;
    }
}
