using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Tests.Storage;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Ledger;

/// <summary>ATTACKS 23: a ledger row is changed, removed, reordered, or the tail is cut off.</summary>
public sealed class LedgerVerifierTests
{
    [Fact]
    public async Task An_untouched_ledger_is_sound_and_every_entry_links_to_the_one_before()
    {
        await using var store = await WithEntriesAsync();

        var report = await Verifier(store).VerifyAsync(null, await Verifier(store).CheckpointAsync(default), default);

        report.Faults.ShouldBeEmpty();
        report.IsSound.ShouldBeTrue();
        report.Tenants.Select(tenant => (tenant.Tenant, tenant.Length, tenant.ArePayloadsChecked)).ShouldBe([("acme", 6, true), ("globex", 1, true)]);
        var previous = LedgerChain.FirstPrevious;
        await foreach (var entry in store.Ledger.ReadAsync(Acme, 1, default))
        {
            EntryClaims.Read(entry.Bytes.AsMemory()).ShouldNotBeNull().Previous.ShouldBe(previous);
            previous = Convert.ToHexStringLower(SHA256.HashData(entry.Bytes.AsSpan()));
        }

        report.Tenants[0].HeadHash.ShouldBe(previous);
    }

    [Theory]
    [InlineData("UPDATE ledger SET Bytes = CAST(replace(CAST(Bytes AS TEXT), 'step-3', 'step-x') AS BLOB) WHERE Tenant = 'acme' AND Number = 3", LedgerFaultKind.Changed, 3)]
    [InlineData("UPDATE ledger SET Bytes = Bytes || ' ' WHERE Tenant = 'acme' AND Number = 6", LedgerFaultKind.Changed, 6)]
    [InlineData("UPDATE ledger SET Hash = 'ff' WHERE Tenant = 'acme' AND Number = 2", LedgerFaultKind.Changed, 2)]
    [InlineData("UPDATE ledger SET At = At + 1 WHERE Tenant = 'acme' AND Number = 2", LedgerFaultKind.Changed, 2)]
    [InlineData("UPDATE ledger SET Kind = 'step.settled' WHERE Tenant = 'acme' AND Number = 2", LedgerFaultKind.Changed, 2)]
    [InlineData("UPDATE ledger SET Subject = 'other' WHERE Tenant = 'acme' AND Number = 2", LedgerFaultKind.Changed, 2)]
    [InlineData("DELETE FROM ledger WHERE Tenant = 'acme' AND Number = 3", LedgerFaultKind.Missing, 3)]
    [InlineData("DELETE FROM ledger WHERE Tenant = 'acme' AND Number = 1", LedgerFaultKind.Missing, 1)]
    [InlineData("DELETE FROM ledger WHERE Tenant = 'acme' AND Number = 6", LedgerFaultKind.Truncated, 6)]
    [InlineData("DELETE FROM ledger WHERE Tenant = 'acme'", LedgerFaultKind.Truncated, 1)]
    [InlineData("DELETE FROM ledger_heads WHERE Tenant = 'acme'", LedgerFaultKind.Head, 6)]
    [InlineData("UPDATE ledger_heads SET Hash = 'ff' WHERE Tenant = 'acme'", LedgerFaultKind.Head, 6)]
    [InlineData("UPDATE ledger_heads SET Length = 5 WHERE Tenant = 'acme'", LedgerFaultKind.Head, 6)]
    [InlineData("UPDATE ledger SET Box = NULL WHERE Tenant = 'acme' AND Number = 3", LedgerFaultKind.Payload, 3)]
    [InlineData("UPDATE ledger SET Box = (SELECT Box FROM ledger WHERE Tenant = 'acme' AND Number = 4) WHERE Tenant = 'acme' AND Number = 3", LedgerFaultKind.Payload, 3)]
    [InlineData("UPDATE ledger SET Box = zeroblob(100) WHERE Tenant = 'acme' AND Number = 3", LedgerFaultKind.Payload, 3)]
    public async Task One_tampering_is_one_fault_at_its_entry(string sql, LedgerFaultKind kind, long number)
    {
        await using var store = await WithEntriesAsync();
        (await store.TamperAsync(sql)).ShouldBeGreaterThan(0);

        var report = await Verifier(store).VerifyAsync(null, null, default);

        report.IsSound.ShouldBeFalse();
        var fault = report.Faults.First();
        (fault.Tenant, fault.Kind, fault.Number).ShouldBe(("acme", kind, number));
        report.Tenants.Single(tenant => tenant.Tenant == "globex").Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_payload_sealed_with_the_right_key_for_the_right_place_breaks_the_commitment()
    {
        await using var store = await WithEntriesAsync();
        byte[] salted = [.. new byte[LedgerChain.SaltBytes], .. "{\"amount\":6}"u8];
        var box = await store.Rooms.Get<TenantSeal>().SealAsync(Acme, new SealedPlace("ledger", "", "3"), salted, default);
        await store.TamperAsync($"UPDATE ledger SET Box = X'{Convert.ToHexString(box)}' WHERE Tenant = 'acme' AND Number = 3");

        var fault = (await Verifier(store).VerifyAsync(Acme, null, default)).Faults.Single();

        (fault.Kind, fault.Number).ShouldBe((LedgerFaultKind.Payload, 3));
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_found_at_both()
    {
        await using var store = await WithEntriesAsync();
        await store.TamperAsync("UPDATE ledger SET Number = -3 WHERE Tenant = 'acme' AND Number = 3; UPDATE ledger SET Number = 3 WHERE Tenant = 'acme' AND Number = 4; UPDATE ledger SET Number = 4 WHERE Tenant = 'acme' AND Number = -3");

        var report = await Verifier(store).VerifyAsync(Acme, null, default);

        report.Faults.Where(fault => fault.Kind == LedgerFaultKind.Reordered).Select(fault => fault.Number).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task An_entry_changed_together_with_its_hash_is_betrayed_by_its_successor()
    {
        await using var store = await WithEntriesAsync();
        await ForgeAsync(store, 3);

        var fault = (await Verifier(store).VerifyAsync(Acme, null, default)).Faults.First();

        (fault.Kind, fault.Number).ShouldBe((LedgerFaultKind.Changed, 3));
    }

    [Fact]
    public async Task A_last_entry_changed_together_with_its_hash_disagrees_with_the_head()
    {
        await using var store = await WithEntriesAsync();
        await ForgeAsync(store, 6);

        var fault = (await Verifier(store).VerifyAsync(Acme, null, default)).Faults.Single();

        (fault.Kind, fault.Number).ShouldBe((LedgerFaultKind.Head, 6));
    }

    [Fact]
    public async Task A_tail_cut_together_with_the_head_is_found_by_an_outside_checkpoint_only()
    {
        await using var store = await WithEntriesAsync();
        var kept = (await Verifier(store).CheckpointAsync(default)).ToText();
        await store.TamperAsync(
            "DELETE FROM ledger WHERE Tenant = 'acme' AND Number > 4; UPDATE ledger_heads SET Length = 4, Hash = (SELECT Hash FROM ledger WHERE Tenant = 'acme' AND Number = 4) WHERE Tenant = 'acme'");
        LedgerCheckpoint.Parse(kept).TryGet(out var checkpoint, out _).ShouldBeTrue();

        (await Verifier(store).VerifyAsync(Acme, null, default)).IsSound.ShouldBeTrue();
        var fault = (await Verifier(store).VerifyAsync(Acme, checkpoint, default)).Faults.Single();

        (fault.Kind, fault.Number).ShouldBe((LedgerFaultKind.Truncated, 5));
    }

    [Fact]
    public async Task A_whole_history_rewritten_is_found_by_an_outside_checkpoint()
    {
        await using var store = await WithEntriesAsync();
        var checkpoint = await Verifier(store).CheckpointAsync(default);
        await ForgeAsync(store, 6);
        await store.TamperAsync("UPDATE ledger_heads SET Hash = (SELECT Hash FROM ledger WHERE Tenant = 'acme' AND Number = 6) WHERE Tenant = 'acme'");
        await store.Ledger.AppendAsync(Acme, Draft(LedgerKind.ActionForbidden, "later"), default);

        (await Verifier(store).VerifyAsync(Acme, null, default)).IsSound.ShouldBeTrue();
        var fault = (await Verifier(store).VerifyAsync(Acme, checkpoint, default)).Faults.Single();

        (fault.Kind, fault.Number).ShouldBe((LedgerFaultKind.Changed, 6));
    }

    [Fact]
    public async Task A_tenant_that_is_gone_altogether_is_found_by_an_outside_checkpoint()
    {
        await using var store = await WithEntriesAsync();
        var checkpoint = await Verifier(store).CheckpointAsync(default);
        await store.TamperAsync("DELETE FROM ledger WHERE Tenant = 'globex'; DELETE FROM ledger_heads WHERE Tenant = 'globex'; DELETE FROM tenants WHERE Id = 'globex'");

        var report = await Verifier(store).VerifyAsync(null, checkpoint, default);

        report.Faults.ShouldContain(fault => fault.Tenant == "globex" && fault.Kind == LedgerFaultKind.Truncated);
    }

    [Fact]
    public async Task A_checkpoint_that_was_edited_is_not_believed()
    {
        await using var store = await WithEntriesAsync();
        var text = (await Verifier(store).CheckpointAsync(default)).ToText();
        LedgerCheckpoint.Parse(text.Replace("\"length\":6", "\"length\":5")).TryGet(out var edited, out _).ShouldBeTrue();

        var fault = (await Verifier(store).VerifyAsync(null, edited, default)).Faults.Single();

        fault.Kind.ShouldBe(LedgerFaultKind.Checkpoint);
        LedgerCheckpoint.Parse(text).TryGet(out var whole, out _).ShouldBeTrue();
        whole!.ToText().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":1,"at":"yesterday","heads":[],"signature":""}""")]
    [InlineData("""{"v":2,"at":"2026-03-01T09:00:00.000000Z","heads":[],"signature":""}""")]
    public void What_is_no_checkpoint_is_refused(string text)
    {
        LedgerCheckpoint.Parse(text).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe(LedgerRefusals.InvalidCheckpoint);
    }

    [Fact]
    public async Task A_shredded_tenants_chain_still_verifies_without_its_payloads()
    {
        await using var store = await WithEntriesAsync();
        await store.TamperAsync("DELETE FROM tenant_keys WHERE Tenant = 'acme'");
        await store.ReopenAsync();

        var report = await Verifier(store).VerifyAsync(Acme, null, default);

        report.IsSound.ShouldBeTrue();
        report.Tenants.Single().ArePayloadsChecked.ShouldBeFalse();
    }

    [Fact]
    public async Task The_same_payload_twice_has_two_commitments()
    {
        await using var store = await WithEntriesAsync();
        var commitments = new List<string?>();
        await foreach (var entry in store.Ledger.ReadAsync(Acme, 3, default))
        {
            commitments.Add(EntryClaims.Read(entry.Bytes.AsMemory())!.Commitment);
        }

        commitments.Distinct().Count().ShouldBe(4);
        (await store.Ledger.OpenPayloadAsync(Acme, 3, default))!.Text.ShouldBe("""{"amount":60}""");
    }

    [Fact]
    public async Task ExportAsync_WritesExactlyTheBytesThatAreHashed()
    {
        await using var store = await WithEntriesAsync();
        using var target = new MemoryStream();

        (await Verifier(store).ExportAsync(Acme, target, default)).ShouldBe(6);

        var lines = Encoding.UTF8.GetString(target.ToArray()).Split('\n');
        lines.Length.ShouldBe(7);
        lines[6].ShouldBeEmpty();
        var hashes = new List<string>();
        await foreach (var entry in store.Ledger.ReadAsync(Acme, 1, default))
        {
            hashes.Add(entry.Hash);
        }

        lines[..6].Select(line => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))).ShouldBe(hashes);
    }

    // What an insider with the file and this source would do: change an entry and make its own hash fit again.
    private static async Task ForgeAsync(StoreFixture store, long number)
    {
        await foreach (var entry in store.Ledger.ReadAsync(Acme, number, default))
        {
            var forged = Encoding.UTF8.GetString(entry.Bytes.AsSpan()).Replace("\"test\"", "\"fake\"", StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(forged);
            await store.TamperAsync(
                $"UPDATE ledger SET Bytes = X'{Convert.ToHexString(bytes)}', Hash = '{Convert.ToHexStringLower(SHA256.HashData(bytes))}' WHERE Tenant = 'acme' AND Number = {number}");
            break;
        }
    }

    private static async Task<StoreFixture> WithEntriesAsync()
    {
        var store = await WithAcmeAsync();
        await store.Tenants.ApplyAsync(Globex, ATenant(Globex), default);
        await store.Ledger.AppendAsync(Acme, Draft(LedgerKind.ActionForbidden, "step-2"), default);
        for (var n = 3; n <= 6; n++)
        {
            await store.Ledger.AppendAsync(Acme, Draft(LedgerKind.StepRecorded, $"step-{n}", """{ "amount": 60 }"""), default);
        }

        return store;
    }

    private static LedgerVerifier Verifier(StoreFixture store) => new(store.Ledger, store.Rooms.Get<TenantSeal>(), new FakeCheckpointSigner(), store.Time);
}
