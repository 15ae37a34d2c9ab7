using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class SamplePolicyTests
{
    [Fact]
    public void Every_policy_test_of_the_samples_holds() => CatalogLoader.Load(Repository.Capabilities).Capabilities!.Values.SelectMany(PolicyTestRun.Run)
        .Where(result => !result.Passed)
        .Select(result => $"{result.File}:{result.Line} {result.Name}: {result.Actual}\n{result.Explanation}")
        .ShouldBeEmpty();
}
