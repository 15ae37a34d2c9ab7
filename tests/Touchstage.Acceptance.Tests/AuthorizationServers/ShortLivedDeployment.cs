namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>Access tokens last shorter than a step may take.</summary>
public sealed class ShortLivedDeployment : OAuthDeployment
{
    /// <inheritdoc/>
    protected override int AccessTtl => 15;

    /// <inheritdoc/>
    protected override string[] Connections => ["person"];
}
