using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Steps.Introspection;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Storage;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Tests.Steps.Introspection;

/// <summary>Two tenants with two connections each on a real store, steps in flight, and tokens that the server's own key signs, whatever they say.</summary>
internal sealed class IntrospectionFixture : IAsyncDisposable
{
    public const string Issuer = "touchstage";

    private readonly SigningKeys keys;

    private IntrospectionFixture(StoreFixture store)
    {
        Store = store;
        keys = KeysOf(new EphemeralDataProtectionProvider());
    }

    public StoreFixture Store { get; }

    public IIntrospectionClients Clients =>
        new IntrospectionClients(Store.Tenants, Store.Rooms.Get<IIntrospectionClientStore>(), new RandomIdSource(), Store.Time);

    public static async Task<IntrospectionFixture> StartAsync()
    {
        var fixture = new IntrospectionFixture(new StoreFixture());
        await fixture.ApplyAsync(StoreFixture.Acme);
        await fixture.ApplyAsync(StoreFixture.Globex);
        return fixture;
    }

    /// <summary>The audience of a connection unless a test changes it.</summary>
    public static string AudienceOf(string connection) => $"https://{connection}.example";

    /// <summary>Applies a tenant with these connections, each with its audience.</summary>
    public async Task ApplyAsync(TenantId tenant, string? audience = null, params string[] connections)
    {
        var known = StoreFixture.ATenant(tenant);
        var (declared, names) = (known.Connections["billing"], connections is [] ? ["billing", "workspace", "mute"] : connections);
        var all = names.Select(name => declared with { Name = name, Audience = name == "mute" ? null : audience ?? AudienceOf(name) });
        await Store.Tenants.ApplyAsync(tenant, known with { Connections = all.ToImmutableSortedDictionary(c => c.Name, c => c), Digest = $"sha256:{string.Join(',', names)}{audience}" }, default);
    }

    public async Task<NewIntrospectionClient> ClientAsync(TenantId? tenant = null, string connection = "billing") =>
        Take(await Clients.CreateAsync(tenant ?? StoreFixture.Acme, connection, default));

    /// <summary>A step in flight.</summary>
    public async Task<string> StepAsync(TenantId? tenant = null, string connection = "billing")
    {
        var owner = tenant ?? StoreFixture.Acme;
        var intent = Store.Intent(action: null, principal: StoreFixture.Who("agent", owner)) with { Connection = connection };
        (await Store.Journal.AdmitAsync(owner, intent, default)).Kind.ShouldBe(AdmissionKind.Written);
        return intent.StepId;
    }

    /// <summary>Claims as they are minted for such a step.</summary>
    public StepTokenClaims Claims(
        string step, TenantId? tenant = null, string connection = "billing", string? audience = null, string issuer = Issuer, TimeSpan? issued = null, TimeSpan? life = null) => new()
        {
            Issuer = issuer,
            IssuedAt = Store.Now + (issued ?? TimeSpan.Zero),
            ExpiresAt = Store.Now + (issued ?? TimeSpan.Zero) + (life ?? TimeSpan.FromSeconds(10)),
            Audience = audience ?? AudienceOf(connection),
            Transaction = step,
            TokenId = "jti_1",
            Subject = new((tenant ?? StoreFixture.Acme).Value, "touchstage", "agent"),
            Scope = "refund_user",
            Workload = "touchstage-1",
            Context = new()
            {
                Tenant = (tenant ?? StoreFixture.Acme).Value,
                Capability = "refund_user",
                Connection = connection,
                ArgumentsDigest = "salted",
                Binding = RequestBinding.Compute("POST", "https://billing.example/v1/refunds", [], []),
            },
            Origin = new("a client", "http"),
        };

    /// <summary>Signs with the server's own key.</summary>
    public Task<string> SignAsync(StepTokenClaims claims, string type = StepTokenNames.TxnTokenType) =>
        keys.SignAsync((keyId, key) => StepTokenFormat.Sign(claims, type, keyId, key), default);

    /// <summary>Lets the server's own key sign anything.</summary>
    public Task<string> SignAsync(Func<string, ECDsa, string> sign) => keys.SignAsync(sign, default);

    /// <summary>A token of a new step in flight, as the server mints it.</summary>
    public async Task<string> TokenAsync(TenantId? tenant = null, string connection = "billing") => await SignAsync(Claims(await StepAsync(tenant, connection), tenant, connection));

    public Task<IntrospectionAnswer> AskAsync(NewIntrospectionClient client, string token) => AskAsync(client.Client.Id, client.Secret.Reveal(), token);

    public Task<IntrospectionAnswer> AskAsync(string clientId, string secret, string token) =>
        new TokenIntrospection(Store.Rooms.Get<IIntrospectionClientStore>(), Store.Tenants, Store.Journal, keys, new(Issuer, "touchstage-1", "http"), Store.Time)
            .AnswerAsync(clientId, secret, token, default);

    /// <summary>Keys on the same store that other Data Protection seals: another server's.</summary>
    public SigningKeys KeysOf(IDataProtectionProvider protection) => new(Store.Rooms.Get<ISigningKeyStore>(), protection, Store.Time);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static T Take<T>(Result<T> result)
        where T : class => result.TryGet(out var value, out var no) ? value : throw new InvalidOperationException(no.ToString());
}
