using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

[Collection(ShellCollection.Name)]
public sealed class TokenIssuerOptionsTests(Shell shell)
{
    private const string Login = "--oauth-issuer https://login.example.com";
    private const string Here = "--http http://127.0.0.1:5210 --resource http://127.0.0.1:5210/mcp";

    // What is not refused would listen for ever.

    [Theory]
    [InlineData("--stdio " + Login, "--oauth-issuer is for HTTP")]
    [InlineData("--stdio --resource http://127.0.0.1:5210/mcp", "--resource is for HTTP")]
    [InlineData("--resource http://127.0.0.1:5210/mcp", "say whose are taken: --oauth-issuer URL")]
    [InlineData("--oauth-tenant-claim org", "say whose are taken: --oauth-issuer URL")]
    [InlineData("--oauth-plain-jwt", "say whose are taken: --oauth-issuer URL")]
    [InlineData(Login, "needs --resource URI")]
    [InlineData("--oauth-issuer Acme=https://login.example.com --resource http://127.0.0.1:5210/mcp", "no tenant's name")]
    [InlineData(Here + " --oauth-issuer http://login.example.com", "--oauth-issuer must be https")]
    [InlineData(Here + " " + Login + " --oauth-issuer acme=https://login.example.com", "twice")]
    [InlineData(Here + " " + Login + " --oauth-kind-claim kind --oauth-agent-scope act", "--oauth-kind-claim and --oauth-agent-scope contradict")]
    [InlineData(Here + " " + Login + " --oauth-agent-scope mcp --oauth-approver-scope mcp", "must differ")]
    [InlineData("--resource http://127.0.0.1:5211/mcp " + Login, "is not where this server listens")]
    [InlineData("--resource https://127.0.0.1:5210/mcp " + Login, "say --behind-proxy")]
    [InlineData("--resource https://mcp.example.com/mcp " + Login, "Add --host mcp.example.com")]
    [InlineData("--behind-proxy --resource http://mcp.example.com/mcp " + Login, "--resource must be https")]
    [InlineData("--behind-proxy --resource https://mcp.example.com " + Login, "--resource must be the address")]
    public async Task Serve_WithWhatContradictsItself_IsMisuse(string options, string expected)
    {
        var said = await shell.RunAsync(null, ["serve", .. options.Split(' ')]).WaitAsync(Patience.ForAnEvent);

        said.ExitCode.ShouldBe(ExitCode.Usage, said.Screen);
        said.Screen.ShouldContain(expected);
        said.Screen.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Readmit_ASessionKeys_IsRefusedWithWhatToDo()
    {
        var agent = await shell.AgentAsync();
        var session = (await shell.Host.CallerAsync(agent.Key)).SessionId;

        var said = await shell.RunAsync(null, "session", "readmit", "acme", session);

        said.ExitCode.ShouldBe(ExitCode.Refused, said.Screen);
        said.Screen.ShouldContain("touchstage session create");
    }
}
