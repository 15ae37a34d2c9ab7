using System.Globalization;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Icons;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tools;

/// <summary>Tells an agent how its approval stands, for clients that cannot read or follow resources; waits a while for news if asked to. It decides nothing.</summary>
internal sealed class CheckApprovalTool(ApprovalPatience patience, InboxAddress inbox) : ISystemTool
{
    public const string Name = "touchstage_check_approval";

    private const string Id = "approval_id";
    private const string Wait = "wait_seconds";
    private const int LongestWait = 50;
    private const string NoPlace = "This call did not wait, because too many calls wait already: this is how it stands now.";

    /// <inheritdoc/>
    public Tool Description { get; } = new()
    {
        Name = Name,
        Title = "Check an approval",
        Icons = IconSet.Product,
        Description = "Tells how a call stands that waits for a person: pending, approved, rejected, executed. With wait_seconds it waits for the next change. It has no effect and decides nothing.",
        InputSchema = JsonElement.Parse("""
            {"type":"object","required":["approval_id"],"additionalProperties":false,
             "properties":{"approval_id":{"type":"string","description":"The approval's id, apr_…, or its touchstage:// address.","maxLength":200},
              "wait_seconds":{"type":"integer","description":"Wait so long for a change, 50 at most; it answers at once when there is one.","minimum":0,"maximum":50}}}
            """),
        OutputSchema = JsonElement.Parse(ApprovalDocument.Schema),
        Annotations = new() { Title = "Check an approval", ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    /// <inheritdoc/>
    public async Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        var identity = SessionIdentity.Of(request.User);
        if (!TryRead(request.Params.Arguments, out var id, out var atMost, out var problem))
        {
            return OutcomeResult.NothingChanged("invalid_arguments", problem);
        }

        var (found, hasNoPlace) = await patience.LookAsync(identity, ApprovalUri.IdFrom(id), atMost, Teller(request, atMost), cancellation);
        return found.TryGet(out var approval, out var refusal)
            ? OutcomeResult.Approval(approval, inbox.Of(approval.Id), hasNoPlace ? NoPlace : null)
            : OutcomeResult.NothingChanged(refusal.Code.Value, refusal.Reason);
    }

    private static bool TryRead(IDictionary<string, JsonElement>? arguments, out string id, out TimeSpan atMost, out string problem)
    {
        (id, atMost, problem) = ("", TimeSpan.Zero, "");
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            if (name == Id && value.ValueKind == JsonValueKind.String)
            {
                id = value.GetString()!;
            }
            else if (name == Wait && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds is >= 0 and <= LongestWait)
            {
                atMost = TimeSpan.FromSeconds(seconds);
            }
            else
            {
                id = "";
                break;
            }
        }

        problem = id.Length > 0 ? "" : $"Give {Id}, the id of an approval as a string, such as apr_…; beside it {Wait}, a whole number from 0 to {LongestWait}, and nothing else.";
        return problem.Length == 0;
    }

    // Says nothing but how long it has waited and for what: no vote, and nothing that would make waiting look like consent.
    private static Func<TimeSpan, ApprovalView, Task>? Teller(RequestContext<CallToolRequestParams> request, TimeSpan atMost) =>
        request.Params.ProgressToken is not { } token
            ? null
            : (waited, approval) => request.Server.NotifyProgressAsync(token, new ProgressNotificationValue
            {
                Progress = (float)waited.TotalSeconds,
                Total = (float)atMost.TotalSeconds,
                Message = string.Create(
                    CultureInfo.InvariantCulture, $"Waited {waited.TotalSeconds:0} of {atMost.TotalSeconds:0} seconds. {approval.Id} is {StateName.Of(approval.State)}. {Meanwhile(approval.State)}"),
            });

    private static string Meanwhile(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "Nobody has decided yet, and nothing has been executed.",
        ApprovalState.Approved => "It has not been executed yet.",
        ApprovalState.Executing => "It is being executed.",
        _ => "Whether it happened is not known yet.",
    };
}
