namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>A fact that needs Node and its packages; without them it is skipped, and says what adds them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() => Skip = NodePackages.Missing;
}
