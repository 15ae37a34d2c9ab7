using System.Collections.Immutable;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tenants;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Credentials;

public sealed class WebhookVaultTests
{
    private const string Key = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private const string Address = "https://hooks.slack.example/services/T0/B0/abcdef";

    private static readonly Webhook Ops = new("ops", "https://hooks.example", false, Webhook.Standard, WebhookEvents.Usual, []);
    private static readonly Webhook Chat = new("chat", "https://hooks.slack.example/services", false, Webhook.Slack, WebhookEvents.Usual, []);

    private readonly MemoryTenants tenants = new();
    private readonly MemorySecrets secrets = new();
    private readonly TenantSeal seal;
    private readonly SecretAdministration administration;
    private readonly WebhookVault vault;

    public WebhookVaultTests()
    {
        seal = new(tenants);
        administration = new(tenants, secrets, seal, ProcessEnvironment.OfThisProcess);
        vault = new(new(secrets, seal, ProcessEnvironment.OfThisProcess));
    }

    [Fact]
    public async Task OpenAsync_WhatWasSet_Opens()
    {
        var acme = await ApplyAsync("acme", Ops, Chat);
        (await administration.SetAsync(acme, "webhook:ops", Key + "\n", default)).Refusal.ShouldBeNull();
        (await administration.SetAsync(acme, "webhook:chat", Address, default)).Refusal.ShouldBeNull();

        (await OpenAsync(acme, Ops)).Reveal().ShouldBe(Key);
        (await OpenAsync(acme, Chat)).Reveal().ShouldBe(Address);
        secrets.Boxes.Values.ShouldAllBe(box => !System.Text.Encoding.Latin1.GetString(box).Contains("AAECAwQF", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_NoneSet_SaysWhatToDo()
    {
        var refusal = (await vault.OpenAsync(await ApplyAsync("acme", Ops), Ops, default)).Refusal!;
        refusal.Code.ShouldBe(CredentialRefusals.MissingSecret);
        refusal.Reason.ShouldContain("touchstage secret set TENANT webhook:ops");
    }

    [Fact]
    public async Task OpenAsync_SecretOfAnotherTenantWebhookOrConnection_DoesNotOpen()
    {
        var (acme, globex) = (await ApplyAsync("acme", Ops, Chat), await ApplyAsync("globex", Ops));
        await administration.SetAsync(acme, "webhook:ops", Key, default);
        await administration.SetAsync(acme, "billing", Key, default);

        secrets.Boxes[(globex, "webhook:ops")] = secrets.Boxes[(acme, "webhook:ops")];
        (await vault.OpenAsync(globex, Ops, default)).Refusal!.Code.ShouldBe(CredentialRefusals.Unreadable);

        secrets.Boxes[(acme, "webhook:other")] = secrets.Boxes[(acme, "webhook:ops")];
        (await vault.OpenAsync(acme, Ops with { Name = "other" }, default)).Refusal!.Code.ShouldBe(CredentialRefusals.Unreadable);

        secrets.Boxes[(acme, "webhook:ops")] = secrets.Boxes[(acme, "billing")];
        (await vault.OpenAsync(acme, Ops, default)).Refusal!.Code.ShouldBe(CredentialRefusals.Unreadable);
    }

    [Fact]
    public async Task OpenAsync_ManifestThatNowPinsElsewhere_DoesNotOpen()
    {
        var acme = await ApplyAsync("acme", Chat);
        await administration.SetAsync(acme, "webhook:chat", Address, default);

        (await vault.OpenAsync(acme, Chat with { Url = "https://other.example" }, default)).Refusal!.Code.ShouldBe(CredentialRefusals.Unreadable);
        (await vault.OpenAsync(acme, Chat with { Format = Webhook.Standard }, default)).Refusal!.Code.ShouldBe(CredentialRefusals.Unreadable);
    }

    [Fact]
    public async Task SetAsync_WhatTheWebhookCannotUse_IsRefusedAndKeptNowhere()
    {
        var acme = await ApplyAsync("acme", Ops, Chat);

        (await administration.SetAsync(acme, "webhook:ops", Address, default)).Refusal!.Code.ShouldBe(CredentialRefusals.InvalidSecret);
        (await administration.SetAsync(acme, "webhook:chat", Key, default)).Refusal!.Reason.ShouldContain("https://hooks.slack.example/services");
        (await administration.SetAsync(acme, "webhook:pager", Key, default)).Refusal!.Reason.ShouldContain("It has: chat, ops.");
        (await administration.SetAsync(acme, "ops", Key, default)).Refusal!.Reason.ShouldContain("no connection of that name");
        secrets.Boxes.ShouldBeEmpty();
    }

    [Fact]
    public async Task ShowAsync_NamesWhatIsMissing_AndWhetherTheKeyOpens()
    {
        var acme = await ApplyAsync("acme", Ops, Chat);
        await administration.SetAsync(acme, "webhook:ops", Key, default);

        (await administration.ShowAsync(acme, default)).ShouldNotBeNull().Missing.ShouldBe(["billing", "webhook:chat"]);
        (await administration.ShowAsync(acme, default))!.IsKeyUsable.ShouldBeTrue();
        (await administration.ShowAsync(TenantId.Parse("nobody"), default)).ShouldBeNull();

        tenants.Shred(acme);
        (await administration.ShowAsync(acme, default))!.IsKeyUsable.ShouldBeFalse();
    }

    private async Task<WebhookSecret> OpenAsync(TenantId tenant, Webhook webhook) =>
        (await vault.OpenAsync(tenant, webhook, default)).TryGet(out var secret, out var refusal) ? secret : throw new InvalidOperationException(refusal.ToString());

    private async Task<TenantId> ApplyAsync(string name, params Webhook[] webhooks)
    {
        var id = TenantId.Parse(name);
        var bearer = new ConnectionAuth(ConnectionAuth.Bearer, ImmutableSortedDictionary<string, string>.Empty);
        await tenants.ApplyAsync(id, Capabilities.Tenants.Acme(bearer) with { Id = id, Webhooks = webhooks.ToImmutableSortedDictionary(w => w.Name, w => w) }, default);
        return id;
    }
}
