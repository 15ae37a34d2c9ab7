using System.Net;
using Touchstage.Mcp.Inbox.Parts;

namespace Touchstage.Mcp.Tests.Inbox;

public sealed class AssetTests
{
    [Theory]
    [InlineData("inbox.css", "text/css")]
    [InlineData("inbox.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task Files_are_for_everybody_and_kept_only_under_the_address_of_their_content(string name, string type)
    {
        await using var server = await InboxServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        using var named = await http.GetAsync(PageAssets.AddressOf(name));
        using var plain = await http.GetAsync($"/inbox/assets/{name}");
        using var other = await http.GetAsync($"/inbox/assets/{name}?v=0");

        named.StatusCode.ShouldBe(HttpStatusCode.OK);
        named.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        named.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        plain.Headers.CacheControl!.ToString().ShouldBe("no-store");
        other.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    [Fact]
    public async Task There_are_no_others()
    {
        await using var server = await InboxServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        foreach (var name in (string[])["nothing.css", "..%2f..%2fappsettings.json", "inbox.css%00"])
        {
            using var answer = await http.GetAsync($"/inbox/assets/{name}");
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        }
    }
}
