namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>The classes that share one tenant whose upstream is in the hands of the test.</summary>
[CollectionDefinition(Name)]
public sealed class PayoutCollection : ICollectionFixture<PayoutDeployment>
{
    public const string Name = "an upstream in the hands of the test";
}
