using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Safety.Tests.Policies;

public sealed class GuardrailsTests
{
    /// <summary>Each of the links is true and a rule that allows; all of them together cost more than one evaluation may.</summary>
    [Theory]
    [InlineData("Allow", 1, "Permitted", "")]
    [InlineData("Allow", 60, "Blocked", "allow_failed:rule not_permitted")]
    [InlineData("Review", 60, "Blocked", "review_failed:rule")]
    [InlineData("Forbid", 60, "Forbidden", "forbid_failed:rule")]
    public async Task A_rule_that_is_cut_off_has_failed(string effect, int links, string verdict, string reasons)
    {
        var room = await PolicyRoom.OpenAsync();
        var costly = room.Tried($"has(args.note) && {string.Join(" && ", Enumerable.Range(0, links).Select(link => $"!args.note.contains('{link}')"))}");
        var arguments = $$"""{"id":"a","amount":1,"count":1,"flag":true,"note":"{{new string('x', 400_000)}}"}""";

        var (judgement, _) = await room.JudgeAsync(new([new("rule", Enum.Parse<RuleEffect>(effect), costly, null, [])], [], arguments, ImmutableDictionary<string, string>.Empty));

        (judgement.Verdict.ToString(), string.Join(' ', judgement.Reasons)).ShouldBe((verdict, reasons));
    }
}
