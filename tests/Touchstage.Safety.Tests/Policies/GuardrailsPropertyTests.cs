using System.Collections.Immutable;
using CsCheck;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;

namespace Touchstage.Safety.Tests.Policies;

/// <summary>What holds of every policy, whatever its rules, the call and the world are.</summary>
public sealed class GuardrailsPropertyTests : IAsyncLifetime
{
    private const int Cases = 1_000;
    private PolicyRoom room = null!;

    public async Task InitializeAsync() => room = await PolicyRoom.OpenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public Task AddingAForbid_NeverLoosens() => Gen.Select(RandomCase.Any(room), RandomCase.Any(room)).SampleAsync(
        async (call, other) =>
        {
            var before = await VerdictAsync(call);
            foreach (var forbid in other.Rules.Where(r => r is { Effect: RuleEffect.Forbid, IsShadow: false }))
            {
                (await VerdictAsync(call with { Rules = call.Rules.Insert(call.Rules.Length / 2, forbid with { Id = "forbid[more]" }) }) <= before).ShouldBeTrue();
            }
        },
        iter: Cases);

    [Fact]
    public Task RemovingAnAllow_NeverTurnsANoIntoAYes() => RandomCase.Any(room).SampleAsync(
        async call =>
        {
            var isYes = await VerdictAsync(call) is Verdict.Permitted;
            foreach (var allow in call.Rules.Where(r => r.Effect is RuleEffect.Allow))
            {
                (isYes || await VerdictAsync(call with { Rules = call.Rules.Remove(allow) }) is not Verdict.Permitted).ShouldBeTrue();
            }
        },
        iter: Cases);

    [Fact]
    public Task AFactThatFails_NeverLoosens() => RandomCase.Any(room).SampleAsync(
        async call =>
        {
            var before = await VerdictAsync(call);
            foreach (var fact in call.Facts.Keys)
            {
                (await VerdictAsync(call with { Facts = call.Facts.Remove(fact) }) <= before).ShouldBeTrue();
            }
        },
        iter: Cases);

    [Fact]
    public Task TheOrderOfTheRules_ChangesNothingButWhichAllowIsTriedFirst() => Gen.Select(RandomCase.Any(room), Gen.Int).SampleAsync(
        async (call, seed) =>
        {
            var shuffled = call with { Rules = [.. call.Rules.Select((rule, at) => (rule, Place: unchecked((at + 1) * (seed | 1)))).OrderBy(r => r.Place).Select(r => r.rule)] };

            var ((one, asked), (other, askedOther)) = (await room.JudgeAsync(call), await room.JudgeAsync(shuffled));

            other.Verdict.ShouldBe(one.Verdict);
            other.Reasons.ShouldBe(one.Reasons);
            askedOther.ShouldBe(asked);
            other.Permitting.Select(p => p.Rule.Id).ShouldBe(one.Permitting.Select(p => p.Rule.Id), ignoreOrder: true);
            // In the order of the manifest, so that the same call is always charged to the same rule.
            other.Permitting.Select(p => p.Rule.Id).ShouldBe(shuffled.Rules.Select(r => r.Id).Where(id => one.Permitting.Any(p => p.Rule.Id == id)));
        },
        iter: Cases);

    [Fact]
    public Task AShadowRule_ChangesNothing() => Gen.Select(RandomCase.Any(room), RandomCase.Any(room)).SampleAsync(
        async (call, other) =>
        {
            ImmutableArray<Rule> shadows = [.. other.Rules.Select(rule => rule with { Id = $"{rule.Id} shadow", IsShadow = true, Because = "Watched." })];

            var (without, asked) = await room.JudgeAsync(call with { Rules = [.. call.Rules.Where(r => !r.IsShadow)] });
            var (with, askedWith) = await room.JudgeAsync(call with { Rules = [.. shadows, .. call.Rules] });

            with.Verdict.ShouldBe(without.Verdict);
            with.Reasons.ShouldBe(without.Reasons);
            with.Because.ShouldBe(without.Because);
            askedWith.ShouldBe(asked);
            with.UnmeasuredHardLimit.ShouldBe(without.UnmeasuredHardLimit);
            with.Permitting.Select(p => p.Rule.Id).ShouldBe(without.Permitting.Select(p => p.Rule.Id));
            with.Permitting.SelectMany(p => p.Uses).ShouldBe(without.Permitting.SelectMany(p => p.Uses));
            with.Counted.ShouldBe(without.Counted);
            with.Findings.Count(f => f.Rule.IsShadow).ShouldBe(shadows.Length + call.Rules.Count(r => r.IsShadow));
        },
        iter: Cases);

    [Fact]
    public Task LookingUpOnlyWhatIsNeeded_ComesToTheSameAsLookingUpEverything() => RandomCase.Any(room).SampleAsync(
        async call =>
        {
            var (judgement, asked) = await room.JudgeAsync(call);
            // Rules that mention every fact and never hold make the judge look everything up, unless a forbid holds without.
            var curious = new Rule("curious", RuleEffect.Forbid, room.Condition("facts.owner.verified && facts.region.name == \"eu\" && args.count > 100"), null, []);
            asked.Distinct().Count().ShouldBe(asked.Length);
            if (call.Facts.Count == 2)
            {
                (await VerdictAsync(call with { Rules = call.Rules.Add(curious) })).ShouldBe(judgement.Verdict);
            }
        },
        iter: Cases);

    private async Task<Verdict> VerdictAsync(RandomCase call) => (await room.JudgeAsync(call)).Judgement.Verdict;
}
