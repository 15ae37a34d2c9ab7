using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

public sealed class MutualTlsTests : IDisposable
{
    private readonly TestAuthority authority = TestAuthority.Create();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task SendAsync_RightCertificate_IsShownToTheServer(SslProtocols protocols)
    {
        using var acme = authority.ForClient("acme");
        await using var upstream = await StartAsync(protocols);
        using var room = Room();

        (await room.SendAsync(Request(upstream, acme, "acme/api"))).Answer!.Status.ShouldBe(200);
        upstream.Asked.ShouldHaveSingleItem().Certificate.ShouldBe(acme.Thumbprint);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task SendAsync_NoneOrAnothersCertificate_IsNotAnswered(SslProtocols protocols)
    {
        using var elsewhere = TestAuthority.Create("Another root");
        using var stranger = elsewhere.ForClient("acme");
        using var expired = authority.ForClient("acme", until: new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var upstream = await StartAsync(protocols);
        using var room = Room();

        foreach (var certificate in (X509Certificate2?[])[null, stranger, expired])
        {
            // The server looks at a certificate when the client has long begun to write (RFC 8446, section 4.4), so that it cannot be known to be unsent.
            (await room.SendAsync(Request(upstream, certificate, certificate is null ? null : "acme/api"))).Answer.ShouldBeNull();
        }

        upstream.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_TwoOwners_NeverShareAConnection()
    {
        using var acme = authority.ForClient("acme");
        using var globex = authority.ForClient("globex");
        await using var upstream = await StartAsync();
        using var room = Room();

        for (var round = 0; round < 3; round++)
        {
            (await room.SendAsync(Request(upstream, acme, "acme/api", "/acme"))).Answer.ShouldNotBeNull();
            (await room.SendAsync(Request(upstream, globex, "globex/api", "/globex"))).Answer.ShouldNotBeNull();

            // The same certificate by mistake or on purpose, of another owner.
            (await room.SendAsync(Request(upstream, acme, "initech/api", "/initech"))).Answer.ShouldNotBeNull();
        }

        upstream.Asked.GroupBy(asked => asked.Connection).ShouldAllBe(connection => connection.Select(asked => asked.Target).Distinct().Count() == 1);
        upstream.Asked.Where(asked => asked.Target == "/globex").ShouldAllBe(asked => asked.Certificate == globex.Thumbprint);
        upstream.Asked.Where(asked => asked.Target != "/globex").ShouldAllBe(asked => asked.Certificate == acme.Thumbprint);
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_EachOnItsOwnersConnections()
    {
        var owners = Enumerable.Range(0, 12).Select(i => (Name: $"t{i}", Certificate: authority.ForClient($"t{i}"))).ToArray();
        await using var upstream = await StartAsync();
        using var room = Room();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => owners)
            .Select(owner => room.SendAsync(Request(upstream, owner.Certificate, owner.Name, "/" + owner.Name))));

        replies.ShouldAllBe(reply => reply.Answer != null && reply.Answer.Status == 200);
        upstream.Asked.Count.ShouldBe(120);
        upstream.Asked.ShouldAllBe(asked => asked.Certificate == owners.Single(owner => "/" + owner.Name == asked.Target).Certificate.Thumbprint);
        upstream.Asked.GroupBy(asked => asked.Connection).ShouldAllBe(connection => connection.Select(asked => asked.Target).Distinct().Count() == 1);
        Array.ForEach(owners, owner => owner.Certificate.Dispose());
    }

    [Fact]
    public async Task SendAsync_RequestWithoutCertificate_NeverRidesOnAnAuthenticatedConnection()
    {
        using var acme = authority.ForClient("acme");
        await using var upstream = await TlsUpstream.StartAsync(authority.ForServer(), authority.Certificate);
        using var room = Room();

        (await room.SendAsync(Request(upstream, acme, "acme/api"))).Answer.ShouldNotBeNull();
        (await room.SendAsync(Request(upstream, null, null))).Failure.ShouldNotBeNull();
        upstream.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SendAsync_CallersCertificateIsGone_TheHandlerHasItsOwn()
    {
        await using var upstream = await TlsUpstream.StartAsync(authority.ForServer(), authority.Certificate, answer: context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        using var room = Room();
        using var acme = authority.ForClient("acme");
        for (var i = 0; i < 2; i++)
        {
            using var opened = new X509Certificate2(acme);
            (await room.SendAsync(Request(upstream, opened, "acme/api"))).Answer!.Status.ShouldBe(200);
        }

        upstream.Asked.Select(asked => asked.Connection).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_CertificateWithoutOwnerOrTls_IsNotSent()
    {
        using var acme = authority.ForClient("acme");
        await using var plain = FakeUpstream.Answering(200, "application/json", "{}");
        await using var upstream = await StartAsync();
        using var room = Room();

        foreach (var (baseUrl, certificate, owner) in new[] { (upstream.BaseUrl, acme, null), (upstream.BaseUrl, null, "acme/api"), (plain.BaseUrl, acme, "acme/api") })
        {
            var reply = await room.SendAsync(Request(baseUrl, certificate, owner));
            reply.Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.InvalidRequest));
        }

        plain.Connections.ShouldBe(0);
        upstream.Asked.ShouldBeEmpty();
    }

    public void Dispose() => authority.Dispose();

    private Task<TlsUpstream> StartAsync(SslProtocols protocols = SslProtocols.None) =>
        TlsUpstream.StartAsync(authority.ForServer(), authority.Certificate, protocols: protocols);

    private EgressRoom Room() => new(authorities: [authority.Certificate]);

    private static EgressRequest Request(TlsUpstream upstream, X509Certificate2? certificate, string? owner, string path = "/") =>
        Request(upstream.BaseUrl, certificate, owner, path);

    private static EgressRequest Request(string baseUrl, X509Certificate2? certificate, string? owner, string path = "/") => new()
    {
        Method = "GET",
        Uri = baseUrl + path,
        Headers = [],
        Body = [],
        BaseUrl = baseUrl,
        IsPrivateNetwork = true,
        Timeout = TimeSpan.FromSeconds(10),
        MaxBytes = 1_000,
        ClientCertificate = certificate,
        Pool = owner,
    };
}
