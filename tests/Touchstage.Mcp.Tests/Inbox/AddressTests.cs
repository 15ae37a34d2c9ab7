using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.Inbox;

/// <summary>What webhooks and tool results link to is there.</summary>
public sealed class AddressTests
{
    [Fact]
    public async Task Of_AnApproval_IsAPageOfTheInbox()
    {
        await using var server = await RunningServer.StartAsync();
        server.Services.GetRequiredService<SafetyOptions>().InboxUrl = new Uri(server.Url, "/inbox").ToString();

        var address = new Uri(server.Services.GetRequiredService<InboxAddress>().Of("apr_1").ShouldNotBeNull());

        server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .ShouldContain(page => "/" + page.RoutePattern.RawText!.Trim('/') == address.AbsolutePath.Replace("apr_1", "{id}", StringComparison.Ordinal));
    }
}
