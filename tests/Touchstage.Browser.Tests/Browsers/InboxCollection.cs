namespace Touchstage.Browser.Tests.Browsers;

/// <summary>The classes that share one deployment with its browser and its identity provider; these take too long to start to do it for each.</summary>
[CollectionDefinition(Name)]
public sealed class InboxCollection : ICollectionFixture<InboxDeployment>
{
    public const string Name = "the inbox in a browser";
}
