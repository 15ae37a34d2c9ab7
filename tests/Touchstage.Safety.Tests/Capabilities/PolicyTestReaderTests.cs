namespace Touchstage.Safety.Tests.Capabilities;

public sealed class PolicyTestReaderTests
{
    private const string Test = """
          - name: small
            args: { account_id: a, amount: 1 }
            facts: { account: { open: true } }
            expect: allow
        """;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_call_of_a_sequence_has_what_the_test_says_unless_it_says_otherwise()
    {
        var calls = SampleManifest.Sound((Test, """
              - name: two
                args: { account_id: a, amount: 1 }
                facts: { account: { open: true } }
                caller: { subject: ada }
                now: "2026-03-01T00:00:00Z"
                calls:
                  - { expect: allow, times: 3 }
                  - { args: { account_id: b, amount: 2 }, facts: { account: { open: false } }, caller: { subject: ben }, at: +90m, expect: review, settle: +5m, approved: true }
                  - { at: "2026-03-01T02:00:00Z", expect: allow, settle: false }
            """)).Tests.Single().Calls;

        calls.Select(call => call.World.Arguments!.Value.GetRawText()).ShouldBe(["""{"account_id":"a","amount":1}""", """{"account_id":"b","amount":2}""", """{"account_id":"a","amount":1}"""]);
        calls.Select(call => call.World.Caller!.Value.GetProperty("subject").GetString()).ShouldBe(["ada", "ben", "ada"]);
        calls.Select(call => call.World.Facts!.Value.GetProperty("account").GetProperty("open").GetBoolean()).ShouldBe([true, false, true]);
        calls.Select(call => call.At.Hour * 60 + call.At.Minute).ShouldBe([0, 90, 120]);
        calls.Select(call => call.OpenFor).ShouldBe([TimeSpan.Zero, TimeSpan.FromMinutes(5), null]);
        calls.Select(call => (call.Times, call.IsApproved)).ShouldBe([(3, false), (1, true), (1, false)]);
    }

    [Fact]
    public void A_test_without_an_instant_is_at_a_fixed_one() => SampleManifest.Sound().Tests.Single().Calls.Single().At.ShouldBe(Noon);

    [Theory]
    [InlineData("calls: []", "`calls` lists no call", "- { args")]
    [InlineData("args: { account_id: a, amount: 1 }\n    calls: [{ at: +2h, expect: allow }, { at: +1h, expect: allow }]", "earlier than the one before", "order of time")]
    [InlineData("args: { account_id: a, amount: 1 }\n    calls: [{ at: soon, expect: allow }]", "`at` is not an instant", "+10m")]
    [InlineData("args: { account_id: a, amount: 1 }\n    calls: [{ settle: true, expect: allow }]", "`settle` says when", "settle: false")]
    [InlineData("args: { account_id: a, amount: 1 }\n    calls: [{ times: 0, expect: allow }]", "`times` must be", "1")]
    [InlineData("args: { account_id: a, amount: 1 }\n    calls: [{ }]", "`expect` is missing", "expect")]
    [InlineData("calls: [{ expect: allow }]", "`args` is missing", "args")]
    [InlineData("calls: [{ args: { account_id: a, amount: x }, expect: allow }]", "does not fit the schema", "correct the test")]
    [InlineData("calls: [{ args: { account_id: a, amount: 1 }, expect: allow, now: \"2026-01-01T00:00:00Z\" }]", "`now` is not a key", "known are")]
    [InlineData("args: { account_id: a, amount: 1 }\n    expect: allow\n    calls: [{ expect: allow }]", "`expect` is not a key", "known are")]
    [InlineData("args: { account_id: a, amount: 1 }\n    expect: forbid\n    reason: \"forbid[7]\"", "`forbid[7]` is not a rule", "forbid[1]")]
    [InlineData("args: { account_id: a, amount: 1 }\n    expect: forbid\n    reason: \"forbid_failed:forbid[0]\"", "`forbid[0]` is not a rule", "forbid[1]")]
    [InlineData("args: { account_id: a, amount: 1 }\n    expect: allow\n    caller: { subject: Ada Summer }", "`subject` is no name", "ASCII")]
    [InlineData("args: { account_id: a, amount: 1 }\n    expect: allow\n    caller: { roles: [Admin] }", "no role", "a-z")]
    public void What_is_wrong_with_a_test_is_told_with_its_place(string test, string message, string fix)
    {
        var (capability, problems) = SampleManifest.Load(SampleManifest.With((Test, $"  - name: wrong\n    {test}")));

        capability.ShouldBeNull();
        var problem = problems.FirstOrDefault(p => p.Message.Contains(message, StringComparison.Ordinal)).ShouldNotBeNull(string.Join('\n', problems));
        problem.Fix.ShouldContain(fix);
    }
}
