using System.Text.Json;
using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>Keys are rotated and taken back by verbs, under a server that runs; nothing of a key but its id is ever told.</summary>
public sealed class KeysVerbTests : IAsyncLifetime
{
    private static readonly string[] Members = ["kid", "state", "opens", "created_at", "signs_from", "published_until"];

    private Shell shell = null!;

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    [Fact]
    public async Task List_BeforeAnythingWasSigned_IsEmpty()
    {
        var said = await shell.RunAsync(null, "keys", "list", "--json");

        (said.ExitCode, said.Json.GetArrayLength()).ShouldBe((ExitCode.Done, 0));
    }

    [Fact]
    public async Task Rotate_Everything_SaysWhatWasDone_AndTheRunningServerGoesOn()
    {
        var rotated = await shell.RunAsync(null, "keys", "rotate");

        rotated.ExitCode.ShouldBe(ExitCode.Done, rotated.Screen);
        rotated.Error.ShouldBeEmpty();
        rotated.Output.ShouldContain("The key ring has a new key; 2 key(s) are wrapped anew under it.");
        rotated.Output.ShouldContain("Tenant acme seals under generation 2; 2 secret(s) and token(s) are sealed anew.");
        rotated.Output.ShouldContain("Tenant globex seals under generation 2;");
        rotated.Output.ShouldContain("is published, and signs from");
        (await shell.NewestAsync("acme", 1)).ShouldBe(["tenant.keys_rotated acme"]);
        await ShouldPayAsync();
    }

    [Fact]
    public async Task Rotate_Json_HasTheCounts_AndOfKeysTheirIdsAndTimesAlone()
    {
        var said = await shell.RunAsync(null, "keys", "rotate", "--json", "--overlap", "2h");

        said.Json.GetProperty("wrapped_anew").GetInt32().ShouldBe(2);
        said.Json.GetProperty("tenants").EnumerateArray()
            .Select(tenant => (tenant.GetProperty("tenant").GetString(), tenant.GetProperty("generation").GetInt32(), tenant.GetProperty("sealed_anew").GetInt32(), tenant.GetProperty("unreadable").GetArrayLength()))
            .ShouldBe([("acme", 2, 2, 0), ("globex", 2, 2, 0)]);
        Names(said.Json.GetProperty("signing_key")).ShouldBe(Members);
        var listed = await shell.RunAsync(null, "keys", "list", "--json");
        listed.Json.EnumerateArray().ShouldAllBe(key => Names(key).SequenceEqual(Members));
        listed.Json.EnumerateArray().Select(key => key.GetProperty("state").GetString()).ShouldBe(["next", "signing"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("ring", true, false, false)]
    [InlineData("data", false, true, false)]
    [InlineData("signing", false, false, true)]
    public async Task Rotate_Only_DoesThatAlone(string only, bool ring, bool data, bool signing)
    {
        var said = await shell.RunAsync(null, "keys", "rotate", "--only", only, "--json");

        (said.Json.GetProperty("wrapped_anew").ValueKind is JsonValueKind.Number, said.Json.GetProperty("tenants").GetArrayLength() > 0, said.Json.GetProperty("signing_key").ValueKind is JsonValueKind.Object)
            .ShouldBe((ring, data, signing));
        await ShouldPayAsync();
    }

    [Fact]
    public async Task Rotate_Now_SignsAtOnce()
    {
        var old = Kid((await shell.RunAsync(null, "keys", "rotate", "--only", "signing", "--now", "--json")).Json.GetProperty("signing_key"));

        var said = await shell.RunAsync(null, "keys", "rotate", "--only", "signing", "--now", "--json");

        said.Json.GetProperty("signing_key").GetProperty("state").GetString().ShouldBe("signing");
        Kid(said.Json.GetProperty("signing_key")).ShouldNotBe(old);
    }

    [Fact]
    public async Task Rotate_ASecretThatDoesNotOpen_IsNamedWithWhatToDo_AndExits1()
    {
        await shell.TamperAsync("UPDATE secrets SET Box = x'0102' WHERE Tenant = 'acme' AND Connection = 'billing'");

        var said = await shell.RunAsync(null, "keys", "rotate", "--only", "data");

        said.ExitCode.ShouldBe(ExitCode.Refused);
        said.Error.ShouldContain("billing of tenant acme does not open, and stays as it was. Set it anew: touchstage secret set acme billing");
        said.Output.ShouldContain("Tenant acme seals under generation 2; 1 secret(s)");
        said.Output.ShouldContain("Tenant globex seals under generation 2; 2 secret(s)");
    }

    [Theory]
    [InlineData("either --now or --overlap", "--now", "--overlap", "2h")]
    [InlineData("--overlap is a time", "--overlap", "soon")]
    [InlineData("--overlap is a time", "--overlap", "0m")]
    [InlineData("--overlap is a time", "--overlap", "8d")]
    [InlineData("--overlap is a time", "--overlap", "-2h")]
    [InlineData("'signing'", "--only", "everything")]
    public async Task Rotate_Misused_ChangesNothing(string why, params string[] options)
    {
        var said = await shell.RunAsync(null, ["keys", "rotate", .. options]);

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Usage, ""));
        said.Error.ShouldContain(why);
        Directory.GetFiles(Path.Combine(shell.Host.Folder, "data", "keys")).Length.ShouldBe(1);
        (await shell.RunAsync(null, "keys", "list", "--json")).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Revoke_TheKeyThatSigns_ShowsIt_AndAnotherSignsAtOnce()
    {
        var old = Kid((await shell.RunAsync(null, "keys", "rotate", "--only", "signing", "--now", "--json")).Json.GetProperty("signing_key"));

        var said = await shell.RunAsync(null, "keys", "revoke", old, "--json");
        var shown = await shell.RunAsync(null, "keys", "list");

        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        var states = said.Json.EnumerateArray().ToDictionary(Kid, key => key.GetProperty("state").GetString());
        states[old].ShouldBe("revoked");
        states.Count(key => key.Value == "signing").ShouldBe(1);
        shown.Output.ShouldStartWith("KID");
        shown.Output.Split('\n').Single(line => line.StartsWith(old, StringComparison.Ordinal)).ShouldContain("revoked");
    }

    [Fact]
    public async Task Revoke_AKeyThatIsNotThere_IsRefused()
    {
        var said = await shell.RunAsync(null, "keys", "revoke", "nobody");

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""));
        said.Error.ShouldContain("(unknown_signing_key)");
    }

    [Fact]
    public async Task WhereTheRingIsGone_NothingIsRotated_AndTheMessageSaysWhatToDo()
    {
        var ring = Path.Combine(shell.Host.Folder, "data", "keys");
        Directory.Move(ring, ring + ".away");

        var said = await shell.RunAsync(null, "keys", "rotate");

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""));
        said.Error.ShouldContain("(key_ring_unusable)");
        said.Error.ShouldContain("--key-ring");
        said.Error.ShouldNotContain("   at ");
    }

    private async Task ShouldPayAsync()
    {
        var id = await shell.HeldAsync();
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1")).ExitCode.ShouldBe(ExitCode.Done);
        await shell.DoDueWorkAsync();
        (await shell.Host.ApprovalAsync(shell.Boss, id)).State.ShouldBe(ApprovalState.Succeeded);
    }

    private static string Kid(JsonElement key) => key.GetProperty("kid").GetString()!;

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(member => member.Name);
}
