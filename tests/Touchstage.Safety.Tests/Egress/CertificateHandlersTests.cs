using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Egress;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Egress;

public sealed class CertificateHandlersTests : IDisposable
{
    private readonly TestAuthority authority = TestAuthority.Create();
    private readonly EgressRoom room = new();
    private readonly FakeTimeProvider time = new();
    private readonly X509Certificate2 certificate;
    private readonly CertificateHandlers handlers;

    public CertificateHandlersTests()
    {
        certificate = authority.ForClient("acme");
        handlers = new(room.Handlers, time);
    }

    [Fact]
    public void Take_SameOwnerAndCertificate_IsTheSameHandler()
    {
        using var first = handlers.Take("acme/api", certificate, isPrivateNetwork: false);
        using var second = handlers.Take("acme/api", certificate, isPrivateNetwork: false);
        second.Invoker.ShouldBeSameAs(first.Invoker);
    }

    [Fact]
    public void Take_OtherOwnerCertificateOrNetwork_IsAnother()
    {
        using var other = authority.ForClient("acme");
        using var first = handlers.Take("acme/api", certificate, isPrivateNetwork: false);
        using var owner = handlers.Take("globex/api", certificate, isPrivateNetwork: false);
        using var renewed = handlers.Take("acme/api", other, isPrivateNetwork: false);
        using var network = handlers.Take("acme/api", certificate, isPrivateNetwork: true);
        new[] { first.Invoker, owner.Invoker, renewed.Invoker, network.Invoker }.Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void Dispose_OfMoreLeasesThanAreKept_LetsTheLeastRecentlyUsedGo()
    {
        var first = Use("t0");
        for (var i = 1; i < CertificateHandlers.MaxIdle; i++)
        {
            Use($"t{i}");
        }

        Use("t0").ShouldBeSameAs(first);
        Use("one more");
        handlers.Count.ShouldBe(CertificateHandlers.MaxIdle);
        Use("t0").ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Dispose_OfAHandlerInUse_NeverHappens()
    {
        using var acme = handlers.Take("acme/api", certificate, isPrivateNetwork: true);
        for (var i = 0; i < CertificateHandlers.MaxIdle + 5; i++)
        {
            Use($"t{i}");
        }

        time.Advance(TimeSpan.FromHours(1));
        handlers.Count.ShouldBe(1);

        await using var upstream = FakeUpstream.Answering(200, "text/plain", "");
        SendAttempt.Start();
        using var message = new HttpRequestMessage(HttpMethod.Get, upstream.BaseUrl);
        using var response = await acme.Invoker.SendAsync(message, default);
        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public void Sweep_IdleForAMinute_LeavesNoPrivateKeyInMemory()
    {
        Use("acme/api");
        time.Advance(TimeSpan.FromSeconds(59));
        handlers.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(1));
        handlers.Count.ShouldBe(0);
    }

    [Fact]
    public void Take_AfterTheEnd_Throws()
    {
        Use("acme/api");
        handlers.Dispose();
        handlers.Count.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => handlers.Take("acme/api", certificate, isPrivateNetwork: false));
    }

    public void Dispose()
    {
        handlers.Dispose();
        certificate.Dispose();
        room.Dispose();
        authority.Dispose();
    }

    private HttpMessageInvoker Use(string owner)
    {
        time.Advance(TimeSpan.FromTicks(1));
        using var lease = handlers.Take(owner, certificate, isPrivateNetwork: false);
        return lease.Invoker;
    }
}
