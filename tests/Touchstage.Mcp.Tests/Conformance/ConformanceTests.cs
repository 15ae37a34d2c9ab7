using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Mcp.Tests.Conformance;

/// <summary>The server conforms to the protocol, as the protocol's own suite says of its real host.</summary>
public sealed class ConformanceTests
{
    [ConformanceTheory]
    [InlineData(RunningServer.Old)]
    [InlineData(RunningServer.Modern)]
    public async Task The_server_does_all_that_a_revision_requires(string revision)
    {
        var key = new SuiteKey();
        await using var server = await RunningServer.StartAsync(configure: services => Fixtures.AddTo(services.AddSingleton<IStartupFilter>(key)));
        key.Set(await server.Host.AgentAsync());

        var run = await ConformanceSuite.RunAsync(revision, new Uri(server.Url, "/mcp"));

        var required = ConformanceSuite.Required(revision);
        required.ShouldNotBeEmpty();
        run.ExitCode.ShouldBe(0, run.Report(required));
        required.Except(run.Scenarios, StringComparer.Ordinal).ShouldBeEmpty(run.Report(required));
    }
}
