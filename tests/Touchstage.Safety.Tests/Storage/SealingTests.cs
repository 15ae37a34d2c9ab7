using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Tenants;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>ATTACKS 24, and the rows of ATTACKS 17 that a thief with the file would move about.</summary>
public sealed class SealingTests
{
    [Fact]
    public async Task No_case_outcome_payload_or_secret_is_readable_in_the_files()
    {
        await using var store = await WithAcmeAsync();
        var approval = store.Hold(note: "canary-case");
        await store.Approvals.HoldAsync(Acme, approval, default);
        var intent = store.Intent("sha256:other") with { Entry = Draft(LedgerKind.StepRecorded, "stp", """{ "card": "canary-payload" }""") };
        await store.Journal.AdmitAsync(Acme, intent, default);
        await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId, note: "canary-outcome"), default);
        var box = await store.Rooms.Get<TenantSeal>().SealAsync(Acme, new SealedPlace("secret", "billing", ""), Encoding.UTF8.GetBytes("canary-secret"), default);
        (await store.Secrets.SetAsync(Acme, "billing", box, default)).ShouldBe(SecretWrite.Written);

        var disk = store.DiskText();

        disk.ShouldContain(intent.StepId); // the text that is read here does hold what is stored in the clear
        disk.ShouldNotContain("canary-");
        (await store.Approvals.FindAsync(Acme, approval.Approval.Id, default))!.Revision.Case.Text.ShouldContain("canary-case");
        (await store.Journal.FindAsync(Acme, intent.StepId, default))!.Outcome!.ShouldContain("canary-outcome");
    }

    [Fact]
    public async Task A_box_of_before_keys_had_generations_opens_under_the_first()
    {
        await using var store = await WithAcmeAsync();
        var (seal, place) = (store.Rooms.Get<TenantSeal>(), new SealedPlace("secret", "billing", "billing"));
        var box = await seal.SealAsync(Acme, place, "12345678"u8.ToArray(), default);
        (await seal.OpenAsync(Acme, place, TenantSeal.GenerationOf(box).Sealed, default)).ShouldBe("12345678"u8.ToArray());
    }

    [Fact]
    public async Task A_box_copied_to_another_row_or_tenant_does_not_open()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        var (mine, other) = (await store.HeldAsync("sha256:1"), await store.HeldAsync("sha256:2"));
        var theirs = store.Hold(Who("agent", Globex)).Approval;
        await store.Approvals.HoldAsync(Globex, store.Hold(Who("agent", Globex)) with { Approval = theirs }, default);
        var (step, second) = (store.Intent("sha256:3"), store.Intent("sha256:4"));
        foreach (var intent in new[] { step, second })
        {
            await store.Journal.AdmitAsync(Acme, intent, default);
            await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId), default);
        }

        await store.TamperAsync($"UPDATE revisions SET CaseBox = (SELECT CaseBox FROM revisions WHERE ApprovalId = '{mine.Id}') WHERE ApprovalId IN ('{other.Id}', '{theirs.Id}')");
        await store.TamperAsync($"UPDATE steps SET OutcomeBox = (SELECT OutcomeBox FROM steps WHERE Id = '{step.StepId}') WHERE Id = '{second.StepId}'");

        (await store.Approvals.FindAsync(Acme, mine.Id, default)).ShouldNotBeNull();
        await Should.ThrowAsync<CryptographicException>(() => store.Approvals.FindAsync(Acme, other.Id, default));
        await Should.ThrowAsync<CryptographicException>(() => store.Approvals.FindAsync(Globex, theirs.Id, default));
        await Should.ThrowAsync<CryptographicException>(() => store.Journal.FindAsync(Acme, second.StepId, default));
    }

    [Fact]
    public async Task A_secret_is_kept_replaced_and_found_for_its_tenant_alone()
    {
        await using var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.Secrets.SetAsync(Acme, "billing", new byte[] { 1 }, default);
        await store.Secrets.SetAsync(Acme, "billing", new byte[] { 2 }, default);

        (await store.Secrets.FindAsync(Acme, "billing", default)).ShouldBe([2]);
        (await store.Secrets.FindAsync(Acme, "jira", default)).ShouldBeNull();
        (await store.Secrets.FindAsync(Globex, "billing", default)).ShouldBeNull();
        (await store.Secrets.SetAsync(TenantId.Parse("nobody"), "billing", new byte[] { 3 }, default)).ShouldBe(SecretWrite.NoSuchTenant);
        (await store.Ledger.ReadAboutAsync(Acme, "billing", default)).Select(entry => entry.Kind).ShouldBe([LedgerKind.SecretSet, LedgerKind.SecretSet]);
    }
}
