using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Icons;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tools;

/// <summary>Takes an agent's own call back before it is executed. That is the safe direction: whatever it does, nothing more happens.</summary>
internal sealed class WithdrawApprovalTool(IApprovals approvals) : ISystemTool
{
    public const string Name = "touchstage_withdraw_approval";

    private const string Id = "approval_id";
    private const string Reason = "reason";
    private const int MaxReason = 1_000;

    /// <inheritdoc/>
    public Tool Description { get; } = new()
    {
        Name = Name,
        Title = "Withdraw an approval",
        Icons = IconSet.Product,
        Description = "Takes back a call of yours that waits for a person or has not been executed yet, such as when the user no longer wants it. It executes nothing and decides nothing.",
        InputSchema = JsonElement.Parse("""
            {"type":"object","required":["approval_id"],"additionalProperties":false,
             "properties":{"approval_id":{"type":"string","description":"The approval's id, apr_…, or its touchstage:// address.","maxLength":200},
              "reason":{"type":"string","description":"Why, for the people who would have decided.","maxLength":1000}}}
            """),
        OutputSchema = JsonElement.Parse(ApprovalDocument.Schema),
        Annotations = new() { Title = "Withdraw an approval", ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    /// <inheritdoc/>
    public async Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellation)
    {
        var (id, reason) = (Text(request.Params.Arguments, Id), Text(request.Params.Arguments, Reason));
        var given = request.Params.Arguments?.Count ?? 0;
        if (id is null || given != (reason is null ? 1 : 2) || reason?.Length > MaxReason)
        {
            return OutcomeResult.NothingChanged("invalid_arguments", $"Give {Id}, the id of an approval as a string, such as apr_…; beside it {Reason}, a text of {MaxReason} characters at most, and nothing else.");
        }

        return (await approvals.WithdrawAsync(SessionIdentity.Of(request.User).Demand(), ApprovalUri.IdFrom(id), reason ?? "", cancellation)).TryGet(out var approval, out var refusal)
            ? OutcomeResult.Approval(approval)
            : OutcomeResult.NothingChanged(refusal.Code.Value, refusal.Reason);
    }

    private static string? Text(IDictionary<string, JsonElement>? arguments, string name) =>
        arguments is not null && arguments.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
