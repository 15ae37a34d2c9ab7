using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Compares what two versions of a capability say they do, and how people decide on it.</summary>
internal static class EffectsAndApproval
{
    private static readonly string[] Doors = ["code", "form", "inbox"];

    public static IEnumerable<ProofChange> Changes(Capability newer, Capability older)
    {
        if (newer.Effects != older.Effects || newer.IsIdempotent != older.IsIdempotent)
        {
            yield return new(newer.Name, "effects changed", $"It is {Said(newer)} now and was {Said(older)}.", null);
        }

        foreach (var text in Weakened(newer.Approval, older.Approval))
        {
            yield return new(newer.Name, "approval weakened", text, null);
        }
    }

    private static IEnumerable<string> Weakened(ApprovalDeclaration? newer, ApprovalDeclaration? older)
    {
        if (newer is null || older is null)
        {
            return newer is null ? [] : ["People can approve a held call now; before, it was refused."];
        }

        return new[]
        {
            Said(newer.Quorum < older.Quorum, $"{newer.Quorum} must say yes, and {older.Quorum} had to."),
            Said(!newer.Approvers.ToHashSet(StringComparer.Ordinal).SetEquals(older.Approvers), $"The approvers are {Roles(newer.Approvers)}, and were {Roles(older.Approvers)}."),
            Said(newer.Escalations.SelectMany(e => e.Approvers).Except(older.Escalations.SelectMany(e => e.Approvers), StringComparer.Ordinal).Any(), "Other roles come in later than did."),
            Said(newer.Expires > older.Expires, $"An approval lives {ManifestDuration.Render(newer.Expires)}, and lived {ManifestDuration.Render(older.Expires)}."),
            Said(newer.Modify.Except(older.Modify, StringComparer.Ordinal).Any(), $"People can change {string.Join(", ", newer.Modify.Except(older.Modify, StringComparer.Ordinal))} too."),
            Said(Array.IndexOf(Doors, newer.Confirm) < Array.IndexOf(Doors, older.Confirm), $"A decision may come through `{newer.Confirm}`, and had to come through `{older.Confirm}`."),
        }.OfType<string>();
    }

    private static string? Said(bool isSo, string text) => isSo ? text : null;

    private static string Said(Capability capability) => $"{capability.Effects switch
    {
        Effects.ReadOnly => "readOnly",
        Effects.Additive => "additive",
        _ => "destructive",
    }}{(capability.IsIdempotent ? " and idempotent" : "")}";

    private static string Roles(ImmutableArray<string> roles) => string.Join(" or ", roles);
}
