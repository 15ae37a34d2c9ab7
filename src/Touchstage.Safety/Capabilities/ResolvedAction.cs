using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Capabilities;

/// <summary>Proof of <c>resolve</c>: the caller's own tenant has this capability and the connection it goes through.</summary>
internal sealed partial class ResolvedAction
{
    private ResolvedAction(Caller caller, TenantScope scope)
    {
        Caller = caller;
        Scope = scope;
    }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>For what, as the caller's tenant has it.</summary>
    public TenantScope Scope { get; }
}
