using System.Collections.Immutable;
using CsCheck;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Steps;
using static Touchstage.Safety.Tests.Storage.StoreFixture;

namespace Touchstage.Safety.Tests.Policies;

public sealed class MemoryWindowsTests
{
    private static readonly Gen<LimitUse> Uses = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[1, 6], Gen.Int[1, 3], Gen.Bool, Gen.Bool, (key, amount, max, minutes, refuses, isOpen) => isOpen
        ? new LimitUse($"open{key}", 1, max, TimeSpan.Zero, false, refuses, $"concurrent {max}", CountsOpen: true)
        : Use($"key{key}", amount * 0.1m, max * 0.1m, refuses: refuses, window: TimeSpan.FromMinutes(minutes)));

    private static readonly Gen<Move> Moves = Gen.Select(
        Gen.Int[0, 90], Uses.Array[0, 3].Array[1, 3], Gen.Bool, (seconds, candidates, settles) => new Move(seconds, [.. candidates.Select(uses => uses.ToImmutableArray())], settles));

    /// <summary>Whatever is called in whatever order, a policy test's limits come to what the store's come to.</summary>
    [Fact]
    public async Task They_come_to_what_the_store_comes_to() => await Moves.Array[1, 12].SampleAsync(
        async moves =>
        {
            await using var store = await WithAcmeAsync();
            var windows = new MemoryWindows();
            foreach (var (index, move) in moves.Index())
            {
                store.Time.Advance(TimeSpan.FromSeconds(move.Seconds));
                var intent = store.Intent($"sha256:{index}", candidates: [.. move.Candidates]);
                var admission = await store.Journal.AdmitAsync(Acme, intent, default);
                var (candidate, spent) = windows.Choose(move.Candidates, store.Now);

                spent.ShouldBe(admission.Spent);
                (candidate >= 0).ShouldBe(admission.Kind is AdmissionKind.Written);
                if (spent is not null)
                {
                    continue;
                }

                candidate.ShouldBe(admission.Candidate);
                windows.Note(move.Candidates[candidate], store.Now, move.Settles ? store.Now : DateTimeOffset.MaxValue);
                if (move.Settles)
                {
                    await store.Journal.SettleAsync(Acme, store.Settle(intent.StepId), default);
                }
            }
        },
        iter: 8);

    private sealed record Move(int Seconds, ImmutableArray<ImmutableArray<LimitUse>> Candidates, bool Settles);
}
