using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Touchstage.Mcp.CommandLine;
using Touchstage.Mcp.Tests.CommandLine;

namespace Touchstage.Mcp.Tests.Doctor;

/// <summary>What doctor finds of the key ring, the signing key, and connections that a person has to authorize.</summary>
public sealed class KeyFindingsTests : IAsyncLifetime
{
    private Shell shell = null!;

    private string Ring => Path.Combine(shell.Host.Folder, "data", "keys");

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    [Fact]
    public async Task ARingBesideTheStore_IsWarnedOf_AndOneElsewhereIsFine()
    {
        var beside = await DoctorAsync();
        Directory.Move(Ring, Path.Combine(shell.Host.Folder, "ring"));
        var elsewhere = await DoctorAsync("--key-ring", "ring");
        var lost = await DoctorAsync();

        Finding(beside, "keys").ShouldBe(("warn", $"The keys lie beside the store, in {Ring}: one copy of the folder opens everything."));
        Finding(elsewhere, "keys").ShouldBe(("ok", $"{Path.Combine(shell.Host.Folder, "ring")} holds the keys, apart from the store."));
        Finding(lost, "keys").ShouldBe(("fail", $"{Ring} holds no key, so nothing that was sealed opens."));
        (elsewhere.ExitCode, lost.ExitCode).ShouldBe((ExitCode.Done, ExitCode.Refused));
        Directory.Exists(Ring).ShouldBeFalse();
    }

    [Fact]
    public async Task ARingInAFolderUnderTheStoresOwn_IsBesideItToo()
    {
        var store = Directory.CreateDirectory(Path.Combine(shell.Host.Folder, "elsewhere")).FullName;
        File.Copy(shell.Host.StorePath, Path.Combine(store, "touchstage.db"));
        Directory.Move(Ring, Path.Combine(store, "keys"));

        var said = await DoctorAsync("--store", $"sqlite:{Path.Combine(store, "touchstage.db")}", "--key-ring", Path.Combine(store, "keys"));

        Finding(said, "keys").Level.ShouldBe("warn");
    }

    [Fact]
    public async Task AKeyThatOthersMayRead_IsWarnedOf()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var key = Directory.GetFiles(Ring).ShouldHaveSingleItem();
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);

        var said = await DoctorAsync();

        said.Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("text").GetString()).ShouldContain($"1 file(s) in {Ring} may be read by others on this machine.");
    }

    [Fact]
    public async Task ARingInTheStore_IsFineWithACertificate_AndNothingWithout()
    {
        var certificate = $"file:{Certificate()}";
        string[] place = ["--data", Path.Combine(shell.Host.Folder, "other"), "--key-ring", "store", "--key-certificate", certificate];
        var file = Path.Combine(shell.Host.Folder, "initech.yaml");
        await File.WriteAllTextAsync(file, "tenant: initech\nname: Initech\ncapabilities: []\nconnections: {}\n");
        (await shell.RunAsync(null, ["tenant", "apply", file, .. place])).ExitCode.ShouldBe(ExitCode.Done);

        var wrapped = await DoctorAsync(place);
        var bare = await DoctorAsync(place[..4]);

        Finding(wrapped, "keys").ShouldBe(("ok", "The keys are in the store, wrapped by a certificate."));
        bare.ExitCode.ShouldNotBe(ExitCode.Done);
        bare.Screen.ShouldContain("certificate");
    }

    [Fact]
    public async Task TheSigningKey_IsMadeWhenNeeded_GrowsOld_AndMayNotOpen()
    {
        var none = await DoctorAsync();
        (await shell.RunAsync(null, "keys", "rotate", "--only", "signing", "--now")).ExitCode.ShouldBe(ExitCode.Done);
        await shell.TamperAsync("DELETE FROM signing_keys WHERE PublishedUntil IS NOT NULL");
        var signs = await DoctorAsync();
        await shell.TamperAsync("UPDATE signing_keys SET SignsFrom = SignsFrom - 181 * 86400000000");
        var old = await DoctorAsync();
        await shell.TamperAsync("UPDATE signing_keys SET SealedPrivateKey = x'0102'");
        var closed = await DoctorAsync();

        Finding(none, "signing key").ShouldBe(("ok", "The first one is made when it is needed."));
        Finding(signs, "signing key").Text.ShouldEndWith("signs, since 0 days.");
        Finding(old, "signing key").Level.ShouldBe("warn");
        Finding(old, "signing key").Text.ShouldEndWith("has signed for 181 days.");
        Finding(closed, "signing key").Level.ShouldBe("fail");
        Finding(closed, "signing key").Text.ShouldEndWith("does not open, so nothing is signed.");
        (none.ExitCode, signs.ExitCode, old.ExitCode, closed.ExitCode).ShouldBe((ExitCode.Done, ExitCode.Done, ExitCode.Done, ExitCode.Refused));
    }

    [Fact]
    public async Task AConnectionThatNobodyHasAuthorized_FailsWithWhatToDo_AndNoOtherIsMentioned()
    {
        var file = Path.Combine(shell.Host.Folder, "acme.yaml");
        await File.WriteAllTextAsync(file, $$"""
            tenant: acme
            name: Acme
            capabilities: []
            connections:
              billing: { baseUrl: "https://api.example.com", auth: { type: bearer } }
              bank:
                baseUrl: "https://bank.example.com"
                auth: { type: oauth2_authorization_code, client_id: the-client, token_endpoint: "{{shell.Upstream.BaseUrl}}/token", authorization_endpoint: "{{shell.Upstream.BaseUrl}}/authorize", token_endpoint_auth_method: none, network: private }
            """);
        (await shell.RunAsync(null, "tenant", "apply", file)).ExitCode.ShouldBe(ExitCode.Done);

        var said = await DoctorAsync();

        said.ExitCode.ShouldBe(ExitCode.Refused);
        var found = said.Json.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("about").GetString()!.StartsWith("connection ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        found.GetProperty("about").GetString().ShouldBe("connection bank of acme");
        found.GetProperty("level").GetString().ShouldBe("fail");
        found.GetProperty("advice").GetString().ShouldBe("touchstage connection authorize acme bank");
    }

    private static (string Level, string Text) Finding(Said said, string about)
    {
        var found = said.Json.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("about").GetString() == about);
        return (found.GetProperty("level").GetString()!, found.GetProperty("text").GetString()!);
    }

    private Task<Said> DoctorAsync(params string[] options) => shell.RunAsync(null, ["doctor", "--json", .. options]);

    private string Certificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var path = Path.Combine(shell.Host.Folder, "ring.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
