using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Sessions;

/// <summary>The library with an issuer whose tokens it takes.</summary>
internal sealed class TokenHost : IAsyncDisposable
{
    private readonly FakeUpstream upstream;

    private TokenHost(FakeUpstream upstream, FakeIssuer issuer, TouchstageHost library) => (this.upstream, Issuer, Library) = (upstream, issuer, library);

    public FakeIssuer Issuer { get; }

    public TouchstageHost Library { get; }

    public ISessionAdministration Sessions => Library.Services.GetRequiredService<ISessionAdministration>();

    /// <summary>Starts it.</summary>
    /// <param name="configure">Sets the tokens otherwise; the issuer is among them already.</param>
    /// <param name="isOpen">Whether the issuer's network is opened.</param>
    public static async Task<TokenHost> StartAsync(Action<TokenOptions, FakeIssuer>? configure = null, bool isOpen = true)
    {
        var (upstream, issuer) = (SampleUpstream.Start(), FakeIssuer.Start());
        var library = await TouchstageHost.StartAsync(upstream.BaseUrl, configure: options =>
        {
            issuer.Trust(options.Tokens);
            configure?.Invoke(options.Tokens, issuer);
            if (isOpen)
            {
                options.AllowedNetworks.Add(issuer.Network);
            }
        });
        issuer.Time = library.Time;
        return new(upstream, issuer, library);
    }

    /// <summary>Whom a token identifies, or why nobody.</summary>
    public Task<Result<Caller>> IdentifyAsync(string token) => Library.Services.GetRequiredService<ICallers>().IdentifyAsync(token, default);

    /// <summary>Whom a good token identifies.</summary>
    public async Task<Caller> CallerAsync(string token) => (await IdentifyAsync(token)).TryGet(out var caller, out var refusal) ? caller : throw new InvalidOperationException(refusal.ToString());

    /// <summary>The sessions of tenant acme.</summary>
    public Task<IReadOnlyList<SessionRecord>> ListAsync() => Sessions.ListAsync(TouchstageHost.TenantOf("acme"), default);

    /// <summary>Holds a token to identify nobody, for this reason, and to leave no session behind.</summary>
    public async Task ShouldBeRefusedAsync(string token, RefusalCode code, string? said = null)
    {
        var before = (await ListAsync()).Count;
        var refusal = (await IdentifyAsync(token)).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code, refusal.Reason);
        refusal.Reason.ShouldContain(said ?? "");
        (await ListAsync()).Count.ShouldBe(before);
    }

    public async ValueTask DisposeAsync()
    {
        await Library.DisposeAsync();
        await Issuer.DisposeAsync();
        await upstream.DisposeAsync();
    }
}
