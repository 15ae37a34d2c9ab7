using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Capabilities;

/// <summary>Proof of <c>validate</c>: arguments that fit the schema, in their one canonical form, and the request they come to.</summary>
internal sealed partial class ProposedAction
{
    private ProposedAction(ResolvedAction resolved, CanonicalJson arguments, UpstreamRequest request, UpstreamRequest maskedRequest, Narrative narrative)
    {
        Resolved = resolved;
        Arguments = arguments;
        MaskedArguments = resolved.Scope.Capability.Input.Mask(arguments);
        Request = request;
        MaskedRequest = maskedRequest;
        Narrative = narrative;
        Summary = resolved.Scope.Capability.Summary.Render(MaskedArguments);
        Digest = CanonicalJson.Of(new JsonObject
        {
            ["tenant"] = resolved.Scope.Tenant.Id.Value,
            ["principal"] = resolved.Caller.Principal.Key,
            ["capability"] = resolved.Scope.Capability.Name,
            ["connection"] = resolved.Scope.Connection.Name,
            ["arguments"] = arguments.ToNode(),
        }).Digest;
    }

    /// <summary>What it was resolved to.</summary>
    public ResolvedAction Resolved { get; }

    /// <summary>Who asks.</summary>
    public Caller Caller => Resolved.Caller;

    /// <summary>For what.</summary>
    public TenantScope Scope => Resolved.Scope;

    /// <summary>The capability.</summary>
    public Capability Capability => Resolved.Scope.Capability;

    /// <summary>The arguments: all that is judged, shown, digested and sent.</summary>
    public CanonicalJson Arguments { get; }

    /// <summary>The arguments with sensitive values masked.</summary>
    public CanonicalJson MaskedArguments { get; }

    /// <summary>The sensitive texts among the arguments, long enough to be told from chance, for scrubbing what the upstream says of them.</summary>
    public IEnumerable<string> SensitiveTexts => SensitiveText.Of(Arguments.Root, MaskedArguments.Root);

    /// <summary>The request that will be sent, before any credential.</summary>
    public UpstreamRequest Request { get; }

    /// <summary>The request with sensitive values masked, for people.</summary>
    public UpstreamRequest MaskedRequest { get; }

    /// <summary>What the model says of it; unverified.</summary>
    public Narrative Narrative { get; }

    /// <summary>The one line that people read.</summary>
    public string Summary { get; }

    /// <summary>
    /// Equal exactly for the same action of the same principal: <c>sha256:…</c> over tenant, principal, capability, connection and arguments.
    /// </summary>
    public string Digest { get; }
}
