using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Storage;

public sealed class KeyRingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("touchstage-ring-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_ring_elsewhere_is_its_owners_alone_and_nothing_lies_beside_the_store()
    {
        var ring = Path.Combine(folder, "ring");
        await using var upstream = SampleUpstream.Start();
        await using var host = await StartAsync(upstream, options => options.KeyRing = ring);

        (await host.InviteAsync(await host.AgentAsync(), "one@acme.example")).ShouldBe(ActionStatus.Completed);

        Directory.Exists(Path.Combine(host.Folder, "data", "keys")).ShouldBeFalse();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(ring).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(Directory.GetFiles(ring).ShouldHaveSingleItem()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_ring_in_the_store_is_wrapped_by_a_certificate_and_opens_with_an_older_one_too()
    {
        var (first, second) = (Certificate("first", 30), Certificate("second", 30));
        await using var upstream = SampleUpstream.Start();
        await using var host = await StartAsync(upstream, options => Wrap(options, first));
        var agent = await host.AgentAsync();
        (await host.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);
        (await host.NumberAsync("SELECT count(*) FROM protection_keys WHERE Xml LIKE '%masterKey%'")).ShouldBe(0);

        (await Should.ThrowAsync<StoreException>(() => StartAsync(upstream, options => Wrap(options, second), host.Folder))).Code.ShouldBe(StoreException.KeyCertificate);
        await using var both = await StartAsync(upstream, options => Wrap(options, second, first), host.Folder);
        (await both.InviteAsync(agent, "two@acme.example")).ShouldBe(ActionStatus.Completed);
        await both.Services.GetRequiredService<ITenantKeyAdministration>().RotateRingAsync(default);
        (await both.InviteAsync(agent, "three@acme.example")).ShouldBe(ActionStatus.Completed);
        // The running server has the older certificate alone: it cannot open what is wrapped by the new one, and sends nothing.
        (await host.TryInviteAsync(agent, "four@acme.example")).ShouldNotBe(ActionStatus.Completed);
        upstream.Exchanges.Count(exchange => exchange.Method == "POST").ShouldBe(3);
    }

    [Fact]
    public async Task A_ring_in_the_store_is_in_no_backup()
    {
        var certificate = Certificate("one", 30);
        await using var upstream = SampleUpstream.Start();
        await using var host = await StartAsync(upstream, options => Wrap(options, certificate));
        var path = Path.Combine(folder, "copy.db");
        var needle = Encoding.UTF8.GetBytes(await host.TextAsync("SELECT Name FROM protection_keys"));
        var wrapped = await host.BytesAsync("SELECT Wrapped FROM tenant_keys WHERE Tenant = 'acme'");
        host.DiskHolds(needle).ShouldBeTrue();

        await host.Services.GetRequiredService<IStoreBackup>().WriteAsync(path, default);

        var copy = await File.ReadAllBytesAsync(path);
        copy.AsSpan().IndexOf(needle).ShouldBe(-1);
        copy.AsSpan().IndexOf("encryptedSecret"u8).ShouldBe(-1);
        copy.AsSpan().IndexOf(wrapped).ShouldBeGreaterThan(0);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await Should.ThrowAsync<StoreException>(() => host.Services.GetRequiredService<IStoreBackup>().WriteAsync(path, default))).Code.ShouldBe(StoreException.Unwritable);
        (await File.ReadAllBytesAsync(path)).ShouldBe(copy);
    }

    [Fact]
    public async Task A_ring_in_the_store_that_is_about_to_end_makes_its_next_key_before_a_tenant_is_written_and_not_in_the_middle()
    {
        var certificate = Certificate("one", 30);
        await using var upstream = SampleUpstream.Start();
        await using var server = await StartAsync(upstream, options => Wrap(options, certificate));
        var agent = await server.AgentAsync();
        await using var other = await StartAsync(upstream, options => Wrap(options, certificate), server.Folder);
        await other.Services.GetRequiredService<ITenantKeyAdministration>().RotateRingAsync(default);
        await EndSoonAsync(server);
        // It meets a key that it does not know, and reads the ring again: the one that wraps from now on is about to end.
        (await server.InviteAsync(agent, "one@acme.example")).ShouldBe(ActionStatus.Completed);

        await server.ApplyAsync("initech", upstream.BaseUrl);
        (await server.NumberAsync("SELECT count(*) FROM protection_keys")).ShouldBe(3);
        (await other.InviteAsync(await other.AgentAsync("initech"), "two@initech.example")).ShouldBe(ActionStatus.Completed);
    }

    [Theory]
    [InlineData("pem", false)]
    [InlineData("pem", true)]
    [InlineData("pfx", false)]
    [InlineData("pfx", true)]
    public async Task A_certificate_is_read_from_a_file_or_a_variable_with_its_password_from_another(string form, bool fromEnvironment)
    {
        const string Password = "canary-password";
        var bytes = form is "pem" ? EncryptedPem(Password) : Pfx(Password);
        File.WriteAllBytes(Path.Combine(folder, "ring"), bytes);
        File.WriteAllText(Path.Combine(folder, "password"), Password + "\n");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["RING"] = form is "pem" ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes), ["WORD"] = Password };
        await using var upstream = SampleUpstream.Start();

        await using var host = await StartAsync(upstream, Options, null, variables);
        (await host.InviteAsync(await host.AgentAsync(), "one@acme.example")).ShouldBe(ActionStatus.Completed);

        (await host.NumberAsync("SELECT count(*) FROM protection_keys WHERE Xml LIKE '%masterKey%'")).ShouldBe(0);
        variables["WORD"] = "another";
        File.WriteAllText(Path.Combine(folder, "password"), "another");
        var refused = await Should.ThrowAsync<StoreException>(() => StartAsync(upstream, Options, host.Folder, variables));
        (refused.Code, refused.Message.Contains("--key-certificate-password", StringComparison.Ordinal)).ShouldBe((StoreException.KeyCertificate, true));
        refused.ToString().ShouldNotContain(Password);
        variables.Clear();
        File.Delete(Path.Combine(folder, "password"));
        (await Should.ThrowAsync<StoreException>(() => StartAsync(upstream, Options, host.Folder, variables))).Message.ShouldContain("There is nothing to be read at");

        void Options(SafetyOptions options)
        {
            options.KeyRing = "store";
            options.KeyCertificates.Add(fromEnvironment ? "env:RING" : $"file:{Path.Combine(folder, "ring")}");
            options.KeyCertificatePassword = fromEnvironment ? "env:WORD" : $"file:{Path.Combine(folder, "password")}";
        }
    }

    [Theory]
    [InlineData("expired", "has expired")]
    [InlineData("not yet", "is not good yet")]
    [InlineData("missing", "There is nothing to be read at")]
    [InlineData("empty", "There is nothing to be read at")]
    [InlineData("without its key", "holds no certificate with its private key")]
    [InlineData("the key alone", "holds no certificate with its private key")]
    [InlineData("another's key", "holds no certificate with its private key")]
    [InlineData("of an elliptic curve", "has no RSA private key beside it")]
    [InlineData("rubbish", "holds no certificate with its private key")]
    public async Task A_certificate_that_cannot_be_used_starts_nothing(string how, string why)
    {
        var path = Path.Combine(folder, "bad.pem");
        if (how is not "missing")
        {
            File.WriteAllText(path, Unusable(how));
        }

        await using var upstream = SampleUpstream.Start();

        var refused = await Should.ThrowAsync<StoreException>(() => StartAsync(upstream, options => Wrap(options, path)));

        refused.Code.ShouldBe(StoreException.KeyCertificate);
        refused.Message.ShouldContain(why);
        refused.Message.ShouldContain("--key-certificate");
        refused.Message.ShouldContain(path);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_wraps_nothing_more_and_still_unwraps_behind_its_successor()
    {
        var (old, next) = (Certificate("old", 30), Certificate("next", 90));
        byte[] wrapped;
        using (var before = Ring(TimeSpan.Zero, old))
        {
            await before.OpenAsync(mustHoldKeys: false, default);
            wrapped = before.CreateProtector("test").Protect([1, 2, 3]);
        }

        using var expired = Ring(TimeSpan.FromDays(31), old);
        (await Should.ThrowAsync<StoreException>(() => expired.OpenAsync(mustHoldKeys: true, default))).Message.ShouldContain("has expired");
        using var alone = Ring(TimeSpan.FromDays(31), next);
        (await Should.ThrowAsync<StoreException>(() => alone.OpenAsync(mustHoldKeys: true, default))).Message.ShouldContain("does not open");
        using var both = Ring(TimeSpan.FromDays(31), next, old);
        await both.OpenAsync(mustHoldKeys: true, default);
        both.CreateProtector("test").Unprotect(wrapped).ShouldBe([1, 2, 3]);

        KeyRing Ring(TimeSpan later, params string[] certificates)
        {
            var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + later);
            return new(new KeyRingFolder(new(Path.Combine(folder, "ring"))), new KeyCertificates([.. certificates.Select(path => $"file:{path}")], null, ProcessEnvironment.OfThisProcess, time), time);
        }
    }

    private static async Task EndSoonAsync(TouchstageHost host)
    {
        var soon = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O", CultureInfo.InvariantCulture);
        await host.TamperAsync($"UPDATE protection_keys SET Xml = substr(Xml, 1, instr(Xml, '<expirationDate>') + 15) || '{soon}' || substr(Xml, instr(Xml, '</expirationDate>'))");
    }

    private static void Wrap(SafetyOptions options, params string[] certificates)
    {
        options.KeyRing = "store";
        foreach (var certificate in certificates)
        {
            options.KeyCertificates.Add($"file:{certificate}");
        }
    }

    private static Task<TouchstageHost> StartAsync(FakeUpstream upstream, Action<SafetyOptions> configure, string? of = null, Dictionary<string, string>? environment = null) => TouchstageHost.StartAsync(
        upstream.BaseUrl,
        folder: of,
        replace: services =>
        {
            if (environment is not null)
            {
                services.AddSingleton(new ProcessEnvironment(name => environment.GetValueOrDefault(name)));
            }
        },
        configure: configure);

    private static string Unusable(string how)
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var good = Signed("good", key, 30);
        using var past = Signed("past", key, -1);
        using var future = Signed("future", key, 30, from: 1);
        using var elliptic = new CertificateRequest("CN=curve", curve, HashAlgorithmName.SHA256).CreateSelfSigned(new(good.NotBefore), new(good.NotAfter));
        return how switch
        {
            "expired" => $"{past.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n",
            "not yet" => $"{future.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n",
            "without its key" => good.ExportCertificatePem(),
            "the key alone" => key.ExportPkcs8PrivateKeyPem(),
            "another's key" => $"{good.ExportCertificatePem()}\n{other.ExportPkcs8PrivateKeyPem()}\n",
            "of an elliptic curve" => $"{elliptic.ExportCertificatePem()}\n{curve.ExportPkcs8PrivateKeyPem()}\n",
            "empty" => "",
            _ => "rubbish",
        };
    }

    private static byte[] EncryptedPem(string password)
    {
        using var key = RSA.Create(2048);
        using var certificate = Signed("pem", key, 30);
        return Encoding.UTF8.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportEncryptedPkcs8PrivateKeyPem(password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000))}\n");
    }

    private static byte[] Pfx(string password)
    {
        using var key = RSA.Create(2048);
        using var certificate = Signed("pfx", key, 30);
        return certificate.Export(X509ContentType.Pfx, password);
    }

    private static X509Certificate2 Signed(string name, RSA key, int days, int from = -60)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(from), now.AddDays(days));
    }

    private string Certificate(string name, int days)
    {
        using var key = RSA.Create(2048);
        using var certificate = Signed(name, key, days);
        var path = Path.Combine(folder, $"{name}.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
