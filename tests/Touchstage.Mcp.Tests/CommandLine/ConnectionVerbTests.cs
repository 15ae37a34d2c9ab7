using System.Text.Json;
using System.Web;
using Touchstage.Mcp.CommandLine;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>A person authorizes a connection; what is kept of it is told by state alone, and forgotten on demand.</summary>
public sealed class ConnectionVerbTests : IAsyncLifetime
{
    private const string Canary = "canary-of-a-token";

    private Shell shell = null!;
    private FakeUpstream server = null!;

    public async Task InitializeAsync()
    {
        shell = await Shell.StartAsync(TimeSpan.Zero);
        server = FakeUpstream.Answering(200, "application/json", $$"""{"access_token":"{{Canary}}-access","refresh_token":"{{Canary}}-refresh","token_type":"Bearer","expires_in":3600}""");
        var file = Path.Combine(shell.Host.Folder, "acme.yaml");
        await File.WriteAllTextAsync(file, $$"""
            tenant: acme
            name: Acme
            capabilities: []
            connections:
              billing: { baseUrl: "https://api.example.com", auth: { type: bearer } }
              bank:
                baseUrl: "https://bank.example.com"
                auth: { type: oauth2_authorization_code, client_id: the-client, token_endpoint: "{{server.BaseUrl}}/token", authorization_endpoint: "{{server.BaseUrl}}/authorize", token_endpoint_auth_method: none, network: private }
            """);
        var applied = await shell.RunAsync(null, "tenant", "apply", file);
        applied.ExitCode.ShouldBe(ExitCode.Done, applied.Screen);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await shell.DisposeAsync();
    }

    [Fact]
    public async Task List_TellsWhatEachLacks()
    {
        var told = await shell.RunAsync(null, "connection", "list", "acme");
        var json = await shell.RunAsync(null, "connection", "list", "acme", "--json");

        told.ExitCode.ShouldBe(ExitCode.Done, told.Screen);
        told.Output.ShouldStartWith("CONNECTION");
        told.Output.Split('\n').Single(line => line.StartsWith("bank", StringComparison.Ordinal)).ShouldContain("NO");
        Standing(json).ShouldBe([("bank", "oauth2_authorization_code", null, false), ("billing", "bearer", true, null)]);
    }

    [Fact]
    public async Task Authorize_AndForget_AreWrittenDown_AndNoTokenIsTold()
    {
        var authorized = await PasteAsync(state => $"code=the-code&state={state}");
        var listed = await shell.RunAsync(null, "connection", "list", "acme", "--json");
        var shown = await shell.RunAsync(null, "connection", "list", "acme");
        var doctor = await shell.RunAsync(null, "doctor");
        var forgotten = await shell.RunAsync(null, "connection", "forget", "acme", "bank");
        var again = await shell.RunAsync(null, "connection", "forget", "acme", "bank");
        var after = await shell.RunAsync(null, "connection", "list", "acme", "--json");

        authorized.ExitCode.ShouldBe(ExitCode.Done, authorized.Screen);
        authorized.Output.ShouldContain("The connection bank of tenant acme is authorized.");
        Standing(listed)[0].ShouldBe(("bank", "oauth2_authorization_code", null, true));
        doctor.Output.ShouldContain("ok    connection bank of acme: It is authorized, and refreshes itself.");
        (forgotten.ExitCode, forgotten.Output).ShouldBe((ExitCode.Done, $"The tokens of connection bank of tenant acme are forgotten.{Environment.NewLine}"));
        forgotten.Error.ShouldContain("The authorization server was not told");
        (again.ExitCode, again.Output).ShouldBe((ExitCode.Refused, ""));
        Standing(after)[0].ShouldBe(("bank", "oauth2_authorization_code", null, false));
        (await shell.NewestAsync("acme", 2)).ShouldBe(["connection.authorized bank", "connection.forgotten bank"]);
        (authorized.Screen + listed.Screen + shown.Screen + doctor.Screen + forgotten.Screen + again.Screen + after.Screen + await shell.ExportAsync("acme")).ShouldNotContain(Canary);
    }

    [Theory]
    [InlineData("state=other&code=the-code", "its state is another one")]
    [InlineData("code=the-code", "its state is another one")]
    [InlineData("state=STATE", "holds no code")]
    [InlineData("state=STATE&error=access_denied", "access_denied")]
    [InlineData("state=STATE&code=the-code&iss=https://elsewhere.example", "names no issuer")]
    public async Task Authorize_ByAnAnswerThatIsNone_AuthorizesNothing(string query, string why)
    {
        var said = await PasteAsync(state => query.Replace("STATE", state, StringComparison.Ordinal));

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain(why);
        said.Screen.ShouldNotContain("the-code");
        server.Exchanges.ShouldBeEmpty();
        Standing(await shell.RunAsync(null, "connection", "list", "acme", "--json"))[0].ShouldBe(("bank", "oauth2_authorization_code", null, false));
    }

    [Theory]
    [InlineData("https://elsewhere.example/callback")]
    [InlineData("http://127.0.0.1:1/callback")]
    [InlineData("PLACE/elsewhere")]
    [InlineData("no address")]
    public async Task Authorize_ByTheAddressOfAnotherPlace_AuthorizesNothing(string place)
    {
        var said = await PasteAsync(state => $"state={state}&code=the-code", back => place.Replace("PLACE", back.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain("That is not the address at which the browser ends");
        server.Exchanges.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ExitCode.Refused, "nobody needs to authorize it", "authorize", "acme", "billing")]
    [InlineData(ExitCode.Refused, "has no connection of that name", "authorize", "acme", "nowhere")]
    [InlineData(ExitCode.Refused, "There is no tenant nobody", "authorize", "nobody", "bank")]
    [InlineData(ExitCode.Usage, "--port is a number", "authorize", "acme", "bank", "--port", "70000")]
    [InlineData(ExitCode.Refused, "There is no tenant nobody", "list", "nobody")]
    [InlineData(ExitCode.Refused, "There is no tenant nobody", "forget", "nobody", "bank")]
    [InlineData(ExitCode.Refused, "No token is kept", "forget", "acme", "billing")]
    public async Task WhatCannotBe_IsSaid(int exit, string why, params string[] line)
    {
        var said = await shell.RunAsync(null, ["connection", .. line]);

        (said.ExitCode, said.Output).ShouldBe((exit, ""));
        said.Error.ShouldContain(why);
    }

    private static (string?, string?, bool?, bool?)[] Standing(Said said) => [.. said.Json.EnumerateArray().Select(connection =>
        (connection.GetProperty("name").GetString(), connection.GetProperty("auth").GetString(), Flag(connection.GetProperty("has_secret")), Flag(connection.GetProperty("is_authorized"))))];

    private static bool? Flag(JsonElement value) => value.ValueKind is JsonValueKind.Null ? null : value.GetBoolean();

    // The address that the verb shows is what a browser would open; where that ends is made up from its parameters.
    private async Task<Said> PasteAsync(Func<string, string> answer, Func<Uri, string>? place = null) => await shell.ConverseAsync(
        shown =>
        {
            var asked = HttpUtility.ParseQueryString(new Uri(shown.Trim()).Query);
            asked["code_challenge_method"].ShouldBe("S256");
            var back = asked["redirect_uri"]!;
            return $"{place?.Invoke(new(back)) ?? back}?{answer(asked["state"]!)}\n";
        },
        "connection", "authorize", "acme", "bank", "--paste", "--allow-network", "127.0.0.1/32");
}
