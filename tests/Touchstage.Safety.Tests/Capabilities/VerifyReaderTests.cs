using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Policies.Testing;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Capabilities;

public sealed class VerifyReaderTests
{
    private const string Verify = """
        verify:
          path: /v1/payouts
          query: { key: "{_step}", account: "{account_id}" }
          output: { type: object, required: [payouts], properties: { payouts: { type: array, items: { type: object, required: [key], properties: { key: { type: string } } } } } }
          succeeded: size(answer.payouts) == 1 && answer.payouts[0].key == step
          failed: size(answer.payouts) == 0
        """;

    [Fact]
    public void A_verify_has_its_defaults_and_names_the_step()
    {
        var verify = Sound();

        (verify.After, verify.Timeout, verify.MaxBytes, verify.Window).ShouldBe((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), 65_536, TimeSpan.FromHours(24)));
        CanonicalJson.Parse("""{"account_id":"a b","_step":"stp_7"}""").TryGet(out var arguments, out _).ShouldBeTrue();
        verify.Request.Render("https://bank.example", arguments!).TryGet(out var request, out _).ShouldBeTrue();
        (request!.Method, request.Uri).ShouldBe(("GET", "https://bank.example/v1/payouts?account=a%20b&key=stp_7"));
        request.Body.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_condition_for_failed_absence_shows_nothing()
    {
        var verify = Sound(("\n  failed: size(answer.payouts) == 0", ""));

        verify.Failed.ShouldBeNull();
        Weigh(verify, """{"payouts":[]}""").ShouldBe(EvidenceKind.None);
    }

    [Theory]
    [InlineData("query: { key: \"{_step}\", account: \"{account_id}\" }", "query: { account: \"{account_id}\" }", "path: /v1/payouts\n", "does not say which step", "{_step}")]
    [InlineData("  path: /v1/payouts\n", "  method: POST\n  path: /v1/payouts\n", "method: POST\n  path: /v1/payouts\n", "looked up with GET alone", "remove `method`")]
    [InlineData("  path: /v1/payouts\n", "  method: HEAD\n  path: /v1/payouts\n", "method: HEAD", "looked up with GET alone", "remove `method`")]
    [InlineData("account: \"{account_id}\"", "account: \"{acount_id}\"", "{acount_id}", "`{acount_id}` is not an argument", "Did you mean 'account_id'?")]
    [InlineData("account: \"{account_id}\"", "account: \"{card}\"", "{card}", "sensitive argument `card` would stand in the query", "in the body or in a header")]
    [InlineData("  succeeded: size(answer.payouts) == 1 && answer.payouts[0].key == step\n", "", "path: /v1/payouts\n", "`succeeded` is missing", "add `succeeded")]
    [InlineData("[0].key == step", "[0].kee == step", "[0].kee", "The condition does not check", "'key'")]
    [InlineData("[0].key == step", "[0].key == 5", "[0].key == 5", "The condition does not check", "")]
    [InlineData("size(answer.payouts) == 0", "size(answer.payouts)", "failed: size", "The condition does not check", "")]
    [InlineData("size(answer.payouts) == 0", "args.amount > 5.0", "failed: args", "does not look at the answer", "`answer`")]
    [InlineData("size(answer.payouts) == 0", "true", "failed: true", "does not look at the answer", "`answer`")]
    [InlineData("size(answer.payouts) == 0", "size(answer.payouts) == 0 && has(args.card) && args.card == \"x\"", "args.card", "no member 'card'", "")]
    [InlineData("size(answer.payouts) == 0", "facts.account.open && size(answer.payouts) == 0", "facts.account", "The condition does not check", "")]
    [InlineData("  failed:", "  faild:", "faild", "`faild` is not a key", "Did you mean 'failed'?")]
    [InlineData("  failed:", "  after: 2h\n  failed:", "after: 2h", "duration from 1s to 1h", "30s, 10m")]
    [InlineData("  failed:", "  tests: [{ name: none, answer: { payouts: 5 }, expect: failed }]\n  failed:", "payouts: 5", "does not fit the schema", "correct the test")]
    [InlineData("  failed:", "  tests: [{ name: none, answer: { payouts: [] }, expect: allow }]\n  failed:", "expect: allow", "must be one of succeeded, failed, unknown", "")]
    [InlineData("  output: {", "  outpt: {", "outpt", "`outpt` is not a key", "Did you mean 'output'?")]
    public void A_mistake_is_told_with_its_place_and_its_mending(string old, string changed, string marker, string message, string fix)
    {
        Verify.ShouldContain(old);
        Complain(Verify.Replace(old, changed, StringComparison.Ordinal), marker, message, fix);
    }

    [Fact]
    public void A_request_that_does_not_carry_the_step_cannot_be_verified() =>
        Complain(Verify, "verify:", "does not carry the step's id", "declare request.idempotency", ("  idempotency: { header: Idempotency-Key }\n", ""));

    [Fact]
    public void A_readOnly_capability_has_nothing_to_verify() =>
        Complain(Verify, "verify:", "is never unknown", "remove `verify`", ("effects: destructive", "effects: readOnly"));

    [Theory]
    [InlineData("""{"payouts":[{"key":"stp_7"}]}""", EvidenceKind.Succeeded)]
    [InlineData("""{"payouts":[]}""", EvidenceKind.Failed)]
    [InlineData("""{"payouts":[{"key":"stp_8"}]}""", EvidenceKind.None)]
    // An answer that does not fit is never weighed; if it were, it would show nothing.
    [InlineData("""{"payouts":[{}]}""", EvidenceKind.None)]
    [InlineData("""{}""", EvidenceKind.None)]
    [InlineData("""[]""", EvidenceKind.None)]
    internal void An_answer_shows_what_its_conditions_say_clearly(string answer, EvidenceKind shown) => Weigh(Sound(), answer).ShouldBe(shown);

    [Theory]
    [InlineData("size(answer.payouts) == 1")]
    [InlineData("answer.payouts[5].key == \"x\"")]
    internal void What_contradicts_itself_or_cannot_be_evaluated_shows_nothing(string failed) =>
        Weigh(Sound(("size(answer.payouts) == 0", failed)), """{"payouts":[{"key":"stp_7"}]}""").ShouldBe(EvidenceKind.None);

    [Theory]
    [InlineData("succeeded", true)]
    [InlineData("failed", false)]
    public void Its_tests_are_run_with_those_of_the_policy(string expect, bool passes)
    {
        var capability = SampleManifest.Sound(("policy:", $"{Verify}\n  tests: [{{ name: there, answer: {{ payouts: [{{ key: stp_1 }}] }}, expect: {expect} }}]\npolicy:"));

        var result = PolicyTestRun.Run(capability).Results.Single(r => r.Name == "there");

        (result.Passed, result.Actual).ShouldBe((passes, "succeeded"));
        string.Join('\n', result.Notes).ShouldContain("failed: size(answer.payouts) == 0 = false");
    }

    private static EvidenceKind Weigh(VerifyDeclaration verify, string answer) =>
        CanonicalJson.Parse(answer).TryGet(out var json, out _) ? Evidence.Of(verify, CanonicalJson.Of(null), "stp_7", json).Kind : throw new ArgumentException("Not JSON.", nameof(answer));

    private static VerifyDeclaration Sound(params (string Old, string New)[] edits) =>
        SampleManifest.Sound(("policy:", edits.Aggregate(Verify, (text, edit) => text.Replace(edit.Old, edit.New, StringComparison.Ordinal)) + "\npolicy:")).Verify.ShouldNotBeNull();

    private static void Complain(string verify, string marker, string message, string fix, params (string Old, string New)[] edits)
    {
        var text = SampleManifest.With([("policy:", verify + "\npolicy:"), .. edits]);
        var (capability, problems) = SampleManifest.Load(text);
        capability.ShouldBeNull();
        var problem = problems.FirstOrDefault(p => p.Message.Contains(message, StringComparison.Ordinal)).ShouldNotBeNull(string.Join('\n', problems));
        problem.Line.ShouldBe(SampleManifest.LineOf(text, marker));
        (problem.Message + problem.Fix).ShouldContain(fix);
    }
}
