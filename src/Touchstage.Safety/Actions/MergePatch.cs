using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Actions;

/// <summary>A person's change of the arguments: a JSON merge patch (RFC 7396) that touches nothing but what the capability lets people change.</summary>
internal static class MergePatch
{
    /// <summary>The changed arguments, or <c>not_modifiable</c>. They are not validated yet.</summary>
    public static Result<CanonicalJson> Apply(ApprovalRecord approval, Capability capability, JsonElement changes)
    {
        if (!CanonicalJson.From(changes).TryGet(out var patch, out var refusal))
        {
            return refusal;
        }

        if (patch.ToNode() is not JsonObject { Count: > 0 } changed)
        {
            return ApprovalRefusals.Fixed("The changes are a JSON object with at least one argument, such as { \"amount\": 20 }.");
        }

        var modify = capability.Approval?.Modify ?? [];
        if (changed.Select(change => change.Key).FirstOrDefault(name => !modify.Contains(name, StringComparer.Ordinal)) is { } fixedOne)
        {
            return ApprovalRefusals.Fixed(
                modify.IsEmpty ? "Nothing of this action can be changed; approve or reject it." : $"{fixedOne} cannot be changed here; only {string.Join(", ", modify)} can.");
        }

        var before = CanonicalJson.Of(JsonNode.Parse(ApprovalCase.Of(approval.Revision).Arguments, documentOptions: new() { MaxDepth = 128 }));
        var after = CanonicalJson.Of(Merge(before.ToNode(), changed));
        return after.Digest == before.Digest ? ApprovalRefusals.Fixed("That changes nothing: the arguments are the same.") : after;
    }

    // RFC 7396, section 2: null removes, an object is merged, all else replaces.
    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Merge(merged[name], change);
            }
        }

        return merged;
    }
}
