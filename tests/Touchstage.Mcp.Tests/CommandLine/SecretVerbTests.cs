using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>Secrets go in by standard input, a file or a reference, and never come out again.</summary>
public sealed class SecretVerbTests : IAsyncLifetime
{
    private const string Canary = "canary-of-a-secret";

    private Shell shell = null!;

    public async Task InitializeAsync() => shell = await Shell.StartAsync(TimeSpan.Zero);

    public Task DisposeAsync() => shell.DisposeAsync();

    [Fact]
    public async Task List_TellsWhatForWhereAndSinceWhen_AndNeverWhatTheyAre()
    {
        var file = Path.Combine(shell.Host.Folder, "workspace.txt");
        await File.WriteAllTextAsync(file, Canary);
        (await shell.PipeAsync(null, Canary + "\n", "secret", "set", "acme", "billing")).ExitCode.ShouldBe(ExitCode.Done);
        (await shell.RunAsync(null, "secret", "set", "acme", "workspace", "--reference", $"file:{file}")).ExitCode.ShouldBe(ExitCode.Done);

        var told = await shell.RunAsync(null, "secret", "list", "acme");
        var json = await shell.RunAsync(null, "secret", "list", "acme", "--json");
        File.Delete(file);
        var gone = await shell.RunAsync(null, "secret", "list", "acme", "--json");

        told.Output.ShouldStartWith("NAME       KEPT");
        told.Output.ShouldContain("billing    sealed");
        told.Output.ShouldContain($"workspace  file:{file}");
        Kept(json).ShouldBe([("billing", "sealed", null, true), ("workspace", "reference", $"file:{file}", true)]);
        Kept(gone).ShouldBe([("billing", "sealed", null, true), ("workspace", "reference", $"file:{file}", false)]);
        (told.Screen + json.Screen + gone.Screen + await shell.ExportAsync("acme")).ShouldNotContain(Canary);
    }

    [Fact]
    public async Task List_OfNobody_IsRefused()
    {
        var said = await shell.RunAsync(null, "secret", "list", "nobody");

        (said.ExitCode, said.Output).ShouldBe((ExitCode.Refused, ""));
        said.Error.ShouldContain("There is no tenant nobody.");
    }

    [Fact]
    public async Task Remove_IsWrittenDown_AndNothingIsSentFromThenOn()
    {
        var removed = await shell.RunAsync(null, "secret", "remove", "acme", "billing");
        var again = await shell.RunAsync(null, "secret", "remove", "acme", "billing");

        (removed.ExitCode, removed.Output).ShouldBe((ExitCode.Done, $"The secret billing of tenant acme is removed.{Environment.NewLine}"));
        again.ExitCode.ShouldBe(ExitCode.Refused);
        again.Error.ShouldContain("(missing_secret)");
        (await shell.NewestAsync("acme", 1)).ShouldBe(["secret.removed billing"]);
        (await shell.RunAsync(null, "secret", "list", "acme", "--json")).Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("workspace");
        var id = await shell.HeldAsync();
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1")).ExitCode.ShouldBe(ExitCode.Done);
        await shell.DoDueWorkAsync();
        (await shell.Host.ApprovalAsync(shell.Boss, id)).State.ShouldBe(ApprovalState.Failed);
        shell.Upstream.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task Set_ByFile_TakesItAsItIsNow_AndSaysNothingOfIt()
    {
        await File.WriteAllTextAsync(Path.Combine(shell.Host.Folder, "secret.txt"), Canary + "\r\n");

        var set = await shell.RunAsync(null, "secret", "set", "acme", "billing", "--file", "secret.txt");
        File.Delete(Path.Combine(shell.Host.Folder, "secret.txt"));

        (set.ExitCode, set.Output).ShouldBe((ExitCode.Done, $"The secret of connection billing of tenant acme is set.{Environment.NewLine}"));
        (await shell.NewestAsync("acme", 1)).ShouldBe(["secret.set billing"]);
        (set.Screen + await shell.ExportAsync("acme")).ShouldNotContain(Canary);
        (await SentAsync()).ShouldBe($"Bearer {Canary}");
    }

    [Theory]
    [InlineData("nowhere.txt", null, "--file names")]
    [InlineData("short.txt", "short", "(invalid_secret)")]
    [InlineData("two-lines.txt", "canary-of-a-secret\ncanary-of-a-secret", "(invalid_secret)")]
    [InlineData("empty.txt", "", "(invalid_secret)")]
    public async Task Set_ByAFileThatHoldsNone_ChangesNothing(string name, string? content, string why)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(shell.Host.Folder, name), content);
        }

        var said = await shell.RunAsync(null, "secret", "set", "acme", "billing", "--file", name);

        (said.ExitCode, said.Output).ShouldBe((content is null ? ExitCode.Usage : ExitCode.Refused, ""));
        said.Error.ShouldContain(why);
        said.Error.ShouldNotContain(Canary);
        (await SentAsync()).ShouldBe("Bearer secret-of-acme");
    }

    [Fact]
    public async Task Set_ByReference_KeepsOnlyWhereItIs_AndReadsItAtEveryUse()
    {
        var file = Path.Combine(shell.Host.Folder, "secret.txt");
        var set = await shell.RunAsync(null, "secret", "set", "acme", "billing", "--reference", $"file:{file}");
        await File.WriteAllTextAsync(file, Canary);
        var first = await SentAsync();
        await File.WriteAllTextAsync(file, "another-" + Canary);

        var second = await SentAsync();

        (set.ExitCode, set.Output).ShouldBe((ExitCode.Done, $"The secret of connection billing of tenant acme is set.{Environment.NewLine}"));
        (first, second).ShouldBe(($"Bearer {Canary}", $"Bearer another-{Canary}"));
        (await shell.NewestAsync("acme", int.MaxValue)).ShouldContain("secret.set billing");
        (await shell.ExportAsync("acme")).ShouldNotContain(Canary);
    }

    [Theory]
    [InlineData(ExitCode.Refused, "After file: stands the absolute path", "--reference", "file:relative.txt")]
    [InlineData(ExitCode.Refused, "After env: stands the name", "--reference", "env:NOT-A-NAME")]
    [InlineData(ExitCode.Refused, "A reference is env:NAME or file:PATH.", "--reference", "canary-of-a-secret")]
    [InlineData(ExitCode.Usage, "either --file or --reference", "--reference", "env:NAME", "--file", "x")]
    public async Task Set_ByWhatIsNoReference_IsRefused_AndNotRepeated(int exit, string why, params string[] options)
    {
        var said = await shell.RunAsync(null, ["secret", "set", "acme", "billing", .. options]);

        (said.ExitCode, said.Output).ShouldBe((exit, ""));
        said.Error.ShouldContain(why);
        said.Error.ShouldNotContain(Canary);
        (await SentAsync()).ShouldBe("Bearer secret-of-acme");
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pem with carriage returns")]
    [InlineData("a file")]
    public async Task Set_AKeyOfManyLines_IsTakenWhole(string how)
    {
        await ConnectAsync("type: oauth2_client_credentials, client_id: c, token_endpoint: \"https://login.example.com/token\", token_endpoint_auth_method: private_key_jwt");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem() + "\n";
        pem = how is "pem with carriage returns" ? pem.Replace("\n", "\r\n", StringComparison.Ordinal) : pem;
        await File.WriteAllTextAsync(Path.Combine(shell.Host.Folder, "key.pem"), pem);

        var set = how is "a file" ? await shell.RunAsync(null, "secret", "set", "acme", "signed", "--file", "key.pem") : await shell.PipeAsync(null, pem, "secret", "set", "acme", "signed");

        set.ExitCode.ShouldBe(ExitCode.Done, set.Screen);
        (set.Screen + await shell.ExportAsync("acme")).ShouldNotContain(pem.Split('\n')[1].Trim());
        (await shell.RunAsync(null, "secret", "list", "acme", "--json")).Json.EnumerateArray().ShouldContain(secret => secret.GetProperty("name").GetString() == "signed" && secret.GetProperty("readable").GetBoolean());
    }

    [Theory]
    [InlineData(true, true, ExitCode.Done)]
    [InlineData(true, false, ExitCode.Refused)]
    [InlineData(false, true, ExitCode.Refused)]
    public async Task Set_ACertificate_NeedsItsKeyBehindIt(bool certificate, bool privateKey, int exit)
    {
        await ConnectAsync("type: mutual_tls");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var pem = (certificate ? own.ExportCertificatePem() + "\n" : "") + (privateKey ? key.ExportPkcs8PrivateKeyPem() + "\n" : "");

        var set = await shell.PipeAsync(null, pem, "secret", "set", "acme", "signed");

        set.ExitCode.ShouldBe(exit, set.Screen);
        set.Screen.ShouldNotContain(pem.Split('\n')[1]);
    }

    private static IEnumerable<(string?, string?, string?, bool)> Kept(Said said) => said.Json.EnumerateArray().Select(secret =>
        (secret.GetProperty("name").GetString(), secret.GetProperty("kind").GetString(), secret.GetProperty("reference").GetString(), secret.GetProperty("readable").GetBoolean()));

    private async Task ConnectAsync(string auth)
    {
        var file = Path.Combine(shell.Host.Folder, "acme.yaml");
        await File.WriteAllTextAsync(file, $$"""
            tenant: acme
            name: Acme
            capabilities: []
            connections:
              signed: { baseUrl: "https://api.example.com", auth: { {{auth}} } }
            """);
        var applied = await shell.RunAsync(null, "tenant", "apply", file);
        applied.ExitCode.ShouldBe(ExitCode.Done, applied.Screen);
    }

    private async Task<string?> SentAsync()
    {
        var id = await shell.HeldAsync();
        (await shell.RunAsync(shell.Boss, "approvals", "approve", id, "--revision", "1")).ExitCode.ShouldBe(ExitCode.Done);
        await shell.DoDueWorkAsync();
        return shell.Upstream.Exchanges[^1].Header("Authorization");
    }
}
