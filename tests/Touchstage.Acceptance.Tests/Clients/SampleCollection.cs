namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>The classes that share one sample deployment; its parts take too long to start to do it for each.</summary>
[CollectionDefinition(Name)]
public sealed class SampleCollection : ICollectionFixture<SampleDeployment>
{
    public const string Name = "the sample product behind one server";
}
