using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class SummaryTemplateTests
{
    [Fact]
    public void Values_stand_in_canonical_form() => Summary("""{"account_id":"a-1","amount":20.50}""").ShouldBe("Pay 20.5 to a-1");

    [Fact]
    public void Without_a_summary_it_is_the_title_and_the_path() => SampleManifest
        .Sound(("  summary: \"Pay {amount} to {account_id}\"\n", "")).Summary.Render(Json("""{"account_id":"a-1","amount":1}""")).ShouldBe("Pay out: account_id a-1");

    [Fact]
    public void An_absent_argument_is_said_to_be() => SampleManifest
        .Sound(("Pay {amount} to {account_id}", "Pay, note {note}")).Summary.Render(Json("""{"account_id":"a","amount":1}""")).ShouldBe("Pay, note (not given)");

    [Theory]
    [InlineData("a\nApproved by finance", "\\u{a}")]
    [InlineData("a\u202Etxt", "\\u{202e}")]
    [InlineData("a\u200Bb", "\\u{200b}")]
    [InlineData("a\u0007b", "\\u{7}")]
    [InlineData("a\u2028b", "\\u{2028}")]
    public void What_hides_or_moves_text_is_shown_by_its_number(string value, string shown)
    {
        var summary = Summary(new JsonObject { ["account_id"] = value, ["amount"] = 1 }.ToJsonString());

        summary.ShouldContain(shown);
        summary.ShouldNotContain(value[1].ToString());
    }

    [Fact]
    public void Text_with_spaces_or_quotes_stands_in_quotes_so_that_it_cannot_pass_for_the_summary() =>
        Summary(new JsonObject { ["account_id"] = "x\" (approved by finance)", ["amount"] = 1 }.ToJsonString()).ShouldBe("Pay 1 to \"x\\\" (approved by finance)\"");

    [Fact]
    public void A_long_value_is_cut() => Summary(new JsonObject { ["account_id"] = new string('x', 10_000), ["amount"] = 1 }.ToJsonString()).Length.ShouldBeLessThan(150);

    private static string Summary(string arguments) => SampleManifest.Sound().Summary.Render(Json(arguments));

    private static CanonicalJson Json(string text) => CanonicalJson.Parse(text).TryGet(out var json, out var refusal) ? json : throw new InvalidOperationException(refusal.Reason);
}
