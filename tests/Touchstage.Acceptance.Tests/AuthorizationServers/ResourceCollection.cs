namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>One server that takes access tokens, for all classes that ask it.</summary>
[CollectionDefinition(Name)]
public sealed class ResourceCollection : ICollectionFixture<ResourceDeployment>
{
    public const string Name = "a resource server of authorization servers of another maker";
}
