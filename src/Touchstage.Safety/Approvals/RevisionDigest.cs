using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Approvals;

/// <summary>
/// What a vote is bound to: SHA-256 over the RFC 8785 form of <c>{ tenant, approval, revision, requester, capability, manifest, connection: { name, base_url, auth }, arguments,
/// request, reasons, modified_by? }</c>, written <c>sha256:HEX</c>. Whatever executes must come to the same digest.
/// </summary>
internal static class RevisionDigest
{
    /// <summary>Computes it from a proposed action as it stands now, the manifest it was judged under and the reasons that were shown.</summary>
    public static string Compute(ProposedAction action, string approvalId, int revision, string manifestDigest, ImmutableArray<string> reasons, Modifier? modifier)
    {
        var shown = new JsonObject
        {
            ["tenant"] = action.Scope.Tenant.Id.Value,
            ["approval"] = approvalId,
            ["revision"] = revision,
            ["requester"] = action.Caller.Principal.Key,
            ["capability"] = action.Capability.Name,
            ["manifest"] = manifestDigest,
            ["connection"] = new JsonObject
            {
                ["name"] = action.Scope.Connection.Name,
                ["base_url"] = action.Scope.Connection.BaseUrl,
                ["auth"] = action.Scope.Connection.Auth.Type,
            },
            ["arguments"] = action.Arguments.ToNode(),
            ["request"] = action.Request.Describe(),
            ["reasons"] = new JsonArray([.. reasons.Select(reason => (JsonNode?)reason)]),
        };
        if (modifier is not null)
        {
            // With the session that is judged again at execution, so that nobody can be put in the modifier's place.
            shown["modified_by"] = new JsonArray(modifier.Principal.Key, modifier.SessionId);
        }

        return CanonicalJson.Of(shown).Digest;
    }
}
