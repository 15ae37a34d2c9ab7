using System.Text.Json;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Tools;

/// <summary>The one system tool: tells an agent how its approval stands, for clients that cannot read resources. It decides nothing.</summary>
internal sealed class CheckApprovalTool(IApprovals approvals)
{
    public const string Name = "touchstage_check_approval";

    private const string Argument = "approval_id";

    public static readonly Tool Description = new()
    {
        Name = Name,
        Title = "Check an approval",
        Description = "Tells how a call stands that waits for a person: pending, approved, rejected, executed. It has no effect and decides nothing.",
        InputSchema = JsonElement.Parse("""
            {"type":"object","required":["approval_id"],"additionalProperties":false,
             "properties":{"approval_id":{"type":"string","description":"The approval's id, apr_…, or its touchstage:// address.","maxLength":200}}}
            """),
        OutputSchema = JsonElement.Parse(ApprovalDocument.Schema),
        Annotations = new() { Title = "Check an approval", ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public async Task<CallToolResult> CallAsync(SessionIdentity identity, IDictionary<string, JsonElement>? arguments, CancellationToken cancellation)
    {
        if (identity.Refusal is { } nobody)
        {
            return OutcomeResult.Refused(nobody.Code.Value, nobody.Reason);
        }

        var caller = identity.Demand();
        if (caller.Kind != SessionKind.Agent)
        {
            throw ProtocolFaults.UnknownTool(Name);
        }

        if (arguments is not { Count: 1 } || !arguments.TryGetValue(Argument, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return OutcomeResult.Refused("invalid_arguments", $"Give exactly one argument, {Argument}: the id of an approval as a string, such as apr_….");
        }

        return (await approvals.FindAsync(caller, ApprovalUri.IdFrom(value.GetString()!), cancellation)).TryGet(out var approval, out var refusal)
            ? OutcomeResult.Approval(approval)
            : OutcomeResult.Refused(refusal.Code.Value, refusal.Reason);
    }
}
