using System.Text;
using System.Xml.Linq;
using ModelContextProtocol.Protocol;
using Touchstage.Mcp.Icons;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Tests.Icons;

public sealed class IconTests
{
    [Fact]
    public async Task TheServerAndItsTools_HaveIcons_ThatTellWhatToolsDo()
    {
        await using var server = await RunningServer.StartAsync();
        var agent = await server.ClientAsync(await server.Host.AgentAsync());
        var tools = (await agent.ListToolsAsync()).ToDictionary(tool => tool.Name, tool => tool.ProtocolTool, StringComparer.Ordinal);

        agent.ServerInfo!.Icons!.Single().Source.ShouldBe(IconSet.Product[0].Source);
        tools["get_customer"].Icons!.Single().Source.ShouldBe(IconSet.Of(Effects.ReadOnly)[0].Source);
        tools["refund_user"].Icons!.Single().Source.ShouldBe(IconSet.Of(Effects.Destructive)[0].Source);
        tools["invite_member"].Icons!.Single().Source.ShouldBe(IconSet.Of(Effects.Additive)[0].Source);
        tools["touchstage_check_approval"].Icons!.Single().Source.ShouldBe(IconSet.Product[0].Source);
        tools.Values.ShouldAllBe(tool => tool.Title != null && tool.Title.Length > 0);
    }

    // Clients may show them as they are: nothing in one is fetched, or runs.
    [Fact]
    public void AnIcon_IsAPictureAndNothingElse()
    {
        Icon[] all = [.. IconSet.Product, .. Enum.GetValues<Effects>().SelectMany(IconSet.Of)];

        all.Select(icon => icon.Source).Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
        foreach (var icon in all)
        {
            icon.MimeType.ShouldBe("image/svg+xml");
            var picture = XDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(icon.Source["data:image/svg+xml;base64,".Length..])));
            picture.Root!.Name.LocalName.ShouldBe("svg");
            picture.Descendants().Select(element => element.Name.LocalName).Distinct(StringComparer.Ordinal).ShouldBeSubsetOf(["svg", "path", "circle", "rect"]);
            picture.Descendants().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ShouldAllBe(attribute => !attribute.Value.Contains(':') && !attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        }
    }
}
