using System.Net.Security;
using System.Security.Authentication;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

public sealed class TlsTermsTests : IDisposable
{
    private readonly TestAuthority authority = TestAuthority.Create();

    [Fact]
    public async Task SendAsync_CertificateOfATrustedAuthority_IsSpokenTo()
    {
        await using var upstream = await TlsUpstream.StartAsync(authority.ForServer());
        using var room = new EgressRoom(authorities: [authority.Certificate]);
        (await room.GetAsync(upstream.BaseUrl)).Answer!.Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("strange")]
    [InlineData("expired")]
    [InlineData("client")]
    [InlineData("other name")]
    public async Task SendAsync_CertificateThatDoesNotFit_IsNotSent(string how)
    {
        using var elsewhere = TestAuthority.Create("Another root");
        using var certificate = how switch
        {
            "strange" => elsewhere.ForServer(),
            "expired" => authority.ForServer(until: new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            "client" => authority.ForServer(usage: "1.3.6.1.5.5.7.3.2"),
            _ => authority.ForServer(),
        };
        await using var upstream = await TlsUpstream.StartAsync(certificate);
        using var room = new EgressRoom([authority.Certificate], new EgressRoom.Resolver("127.0.0.1"));

        var reply = await room.GetAsync(how == "other name" ? $"https://api.example:{upstream.Port}" : upstream.BaseUrl);

        reply.Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.TlsFailed));
        upstream.Asked.ShouldBeEmpty();
    }

    // A certificate may say where its issuer's is to be found: whoever follows that sends a request to wherever a server likes.
    [Fact]
    public async Task SendAsync_CertificateThatNamesAnAddress_NothingIsFetchedFromThere()
    {
        await using var inside = FakeUpstream.Answering(200, "application/pkix-cert", "");
        using var hidden = authority.Intermediate();
        using var certificate = hidden.ForServer(issuerUrl: $"{inside.BaseUrl}/latest/meta-data");
        await using var upstream = await TlsUpstream.StartAsync(certificate);
        using var room = new EgressRoom(authorities: [authority.Certificate]);

        (await room.GetAsync(upstream.BaseUrl)).Failure.ShouldBe(new(EgressFailureKind.NotSent, EgressFault.TlsFailed));
        inside.Connections.ShouldBe(0);
    }

    [Fact]
    public void With_Certificate_IsTheOnlyOneAndNoSessionIsResumed()
    {
        using var acme = authority.ForClient("acme");
        var terms = new TlsTerms(new());
        var plain = terms.With(null);
        var mutual = terms.With(acme);

        (plain.ClientCertificateContext, plain.ClientCertificates, plain.LocalCertificateSelectionCallback).ShouldBe((null, null, null));
        mutual.ClientCertificateContext!.TargetCertificate.ShouldBe(acme);
        mutual.AllowTlsResume.ShouldBeFalse();
        foreach (var options in (SslClientAuthenticationOptions[])[plain, mutual])
        {
            options.RemoteCertificateValidationCallback.ShouldBeNull();
            options.EnabledSslProtocols.ShouldBe(SslProtocols.None);
            options.CertificateChainPolicy!.DisableCertificateDownloads.ShouldBeTrue();
            options.CertificateChainPolicy.CustomTrustStore.ShouldBeEmpty();
        }
    }

    public void Dispose() => authority.Dispose();
}
