namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>The classes that start many processes each: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ProviderCollection : ICollectionFixture<OAuthDeployment>
{
    public const string Name = "an authorization server of another maker";
}
