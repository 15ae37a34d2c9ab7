using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Egress;

namespace Touchstage.Safety.Tests.Egress;

/// <summary>An egress client whose operator opened loopback, with a resolver and a clock in the test's hand.</summary>
internal sealed class EgressRoom : IDisposable
{
    private readonly EgressClient client;

    public EgressRoom(IHostResolver? resolver = null, params string[] opened)
        : this([], resolver, opened)
    {
    }

    public EgressRoom(X509Certificate2[] authorities, IHostResolver? resolver = null, params string[] opened)
    {
        AllowedNetwork.TryParseAll(opened.Length == 0 ? ["127.0.0.1/32"] : opened, out var networks, out _).ShouldBeTrue();
        var options = new EgressOptions { AllowedNetworks = networks, Authorities = [.. authorities] };
        Handlers = new(new(options), new(options), resolver ?? new SystemHostResolver(), NullLogger<GuardedHandler>.Instance);
        client = new(Handlers, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public GuardedHandler Handlers { get; }

    public TokenChannel Tokens => new(client);

    public Task<EgressReply> SendAsync(EgressRequest request, CancellationToken cancellation = default) => client.SendAsync(request, cancellation);

    public Task<EgressReply> GetAsync(string baseUrl, string path = "/", CancellationToken cancellation = default) =>
        SendAsync(Request("GET", baseUrl, path), cancellation);

    public static EgressRequest Request(
        string method, string baseUrl, string path, byte[]? body = null, bool isPrivate = true, int maxBytes = 1_000, params HeaderField[] headers) => new()
        {
            Method = method,
            Uri = baseUrl + path,
            Headers = [.. headers],
            Body = [.. body ?? []],
            BaseUrl = baseUrl,
            IsPrivateNetwork = isPrivate,
            Timeout = TimeSpan.FromSeconds(10),
            MaxBytes = maxBytes,
        };

    public void Dispose() => client.Dispose();

    internal sealed class Resolver(Func<string, CancellationToken, Task<IPAddress[]>> answer) : IHostResolver
    {
        public Resolver(params string[] addresses)
            : this((_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()))
        {
        }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => answer(host, cancellation);
    }
}
