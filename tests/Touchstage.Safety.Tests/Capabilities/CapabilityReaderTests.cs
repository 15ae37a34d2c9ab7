namespace Touchstage.Safety.Tests.Capabilities;

public sealed class CapabilityReaderTests
{
    [Fact]
    public void A_sound_manifest_becomes_a_capability_with_its_defaults()
    {
        var capability = SampleManifest.Sound();

        capability.Name.ShouldBe("pay_out");
        capability.Path.ShouldBe("billing/pay_out");
        capability.RepeatAfter.ShouldBe(TimeSpan.FromSeconds(60));
        capability.Timeout.ShouldBe(TimeSpan.FromSeconds(10));
        capability.Response.MaxBytes.ShouldBe(65_536);
        capability.Request.IdempotencyHeader.ShouldBe("idempotency-key");
        capability.Request.IdempotencyWindow.ShouldBe(TimeSpan.FromHours(24));
        capability.Rules.Select(r => r.Id).ShouldBe(["allow[0]", "forbid[1]"]);
        capability.Rules[0].Limits.Single().Label.ShouldBe("count 5 per 1h by caller");
        capability.Approval!.Quorum.ShouldBe(1);
        capability.Approval.Expires.ShouldBe(TimeSpan.FromHours(24));
        capability.Approval.Confirm.ShouldBe("code");
        capability.Approval.MaxPending.ShouldBe(20);
        capability.Approval.Modify.ShouldBe(["amount", "currency", "labels", "note"]);
        capability.Tests.Single().Line.ShouldBe(SampleManifest.LineOf(SampleManifest.Text, "name: small"));
    }

    [Fact]
    public void The_digest_does_not_hang_on_the_order_of_keys_or_on_comments() => SampleManifest
        .Sound(("title: Pay out\ndescription: Pays out.", "# money\ndescription: Pays out.\ntitle: Pay out")).Manifest.Digest
        .ShouldBe(SampleManifest.Sound().Manifest.Digest);

    [Fact]
    public void A_read_only_or_idempotent_capability_repeats_at_once()
    {
        SampleManifest.Sound(("effects: destructive", "effects: destructive\nidempotent: true")).RepeatAfter.ShouldBe(TimeSpan.Zero);
        SampleManifest.Sound(("effects: destructive", "effects: destructive\nrepeat_after: 10m")).RepeatAfter.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_plain_truth_value_is_a_condition() =>
        SampleManifest.Sound(("- forbid: args.amount > 1000.0", "- forbid: false")).Rules[1].Condition.Text.ShouldBe("false");

    [Theory]
    // Names and keys.
    [InlineData("title: Pay out", "titel: Pay out", "titel", "`titel` is not a key of this place", "Did you mean 'title'?")]
    [InlineData("title: Pay out", "titel: Pay out", "capability: pay_out", "`title` is missing", "add `title: …`")]
    [InlineData("timeout: 10s", "timeot: 10s", "timeot", "`timeot` is not a key", "Did you mean 'timeout'?")]
    [InlineData("title: Pay out", "title: 5", "title: 5", "`title` must be text", "quote it")]
    [InlineData("title: Pay out", "title: ''", "title: ''", "`title` is empty", "write the text")]
    [InlineData("capability: pay_out", "capability: Pay-Out", "Pay-Out", "not a name for a capability", "use a-z")]
    [InlineData("capability: pay_out", "capability: touchstage_pay", "touchstage_pay", "not a name for a capability", "not starting with `touchstage_`")]
    [InlineData("connection: billing", "connection: Billing!", "Billing!", "not a name for a connection", "use a-z")]
    [InlineData("effects: destructive", "effects: destructiv", "destructiv", "must be one of readOnly, additive, destructive", "Did you mean 'destructive'?")]
    [InlineData("effects: destructive", "effects: destructive\nidempotent: 1", "idempotent", "must be true or false", "write true or false")]
    [InlineData("effects: destructive", "effects: destructive\nrepeat_after: 60", "repeat_after", "must be a duration from 0s to 1d", "30s, 10m, 1h, 1d")]
    // Input and output.
    [InlineData("    amount: { type: number }", "    amount: { type: number, anyOf: [] }", "anyOf", "`anyOf` must be an array of at least one schema", "a `forbid` rule can")]
    [InlineData("    amount: { type: number }", "    amount: { type: number, minimun: 1 }", "minimun", "did you mean `minimum`?", "correct `minimun` here")]
    [InlineData("    note: { type: string }", "    _note: { type: string }", "_note", "starts with `_`", "call it `note`")]
    [InlineData("    note: { type: string }", "    _user_request: { type: string }", "_user_request", "the server's own", "call it `user_request`")]
    [InlineData("    note: { type: string }", "    \"a note\": { type: string }", "a note", "not a name for an argument", "first a letter")]
    [InlineData("required: [account_id, amount]", "required: [account_id, amount, iban]", "iban", "`iban` is required but not declared", "declare `iban`")]
    [InlineData("  type: object\n  required: [account_id", "  type: object\n  additionalProperties: true\n  required: [account_id", "additionalProperties", "lets undeclared arguments in", "declare each argument")]
    [InlineData("select: [id]", "select: [idd]", "idd", "`idd` is selected but not declared", "Did you mean 'id'?")]
    [InlineData("output: { type: object, properties", "output: { type: object, required: [trace], properties", "select: [id]", "`output` requires `trace`, but it is not selected", "select `trace`")]
    [InlineData("select: [id]", "select: [id], max_bytes: 2000000", "max_bytes", "whole number from 1 to 1048576", "such as 65536")]
    [InlineData("  limit: { type: number, default: 50 }", "  limit: { type: number, default: fifty }", "fifty", "The default does not fit its own schema", "correct `default`")]
    [InlineData("  limit: { type: number, default: 50 }", "  auto-limit: { type: number, default: 50 }", "auto-limit", "not a name that a condition can read", "letters, digits and _")]
    // Request.
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: v1/accounts/{account_id}/payouts", "path: v1", "does not start with `/`", "write /v1/accounts")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/accounts/{acount_id}/payouts", "{acount_id}", "`{acount_id}` is not an argument", "Did you mean 'account_id'?")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: \"/v1/accounts/{+account_id}/payouts\"", "{+account_id}", "only an argument's name stands in braces", "RFC 6570 simple expansion")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/accounts/{account_id}/payouts?x=1", "?x=1", "cannot stand in a path", "under `query:`")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/../accounts/{account_id}", "/../", "has the segment `..`", "without empty segments")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1//{account_id}", "/v1//", "has the segment ``", "without empty segments")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/%2e%2e/{account_id}", "%2e", "cannot stand in a path", "in the path")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/accounts/{note}", "{note}", "stands in the path but may be absent", "add it to input.required")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/accounts/{card}", "{card}", "sensitive argument `card` would stand in the path", "in the body or in a header")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/accounts/{account_id}/payouts\n  query: { c: \"{card}\" }", "{card}", "sensitive argument `card` would stand in the query", "in the body or in a header")]
    [InlineData("path: /v1/accounts/{account_id}/payouts", "path: /v1/accounts/{account_id}/payouts\n  query: { c: \"x{labels}\" }", "x{labels}", "cannot stand in the query", "declare its `type`")]
    [InlineData("method: POST", "method: POTS", "POTS", "must be one of GET", "Did you mean 'POST'?")]
    [InlineData("method: POST", "method: GET", "card:", "sensitive argument `card` would stand in the query", "in the body or in a header")]
    [InlineData("effects: destructive", "effects: readOnly", "method: POST", "readOnly capability cannot send POST", "use GET or HEAD")]
    [InlineData("timeout: 10s", "timeout: 26s", "26s", "duration from 1s to 25s", "30s, 10m")]
    [InlineData("timeout: 10s", "headers: { Authorization: \"{note}\" }", "Authorization", "header `Authorization` is the server's own", "remove it")]
    [InlineData("timeout: 10s", "headers: { Txn-Token: \"{note}\" }", "Txn-Token", "the server's own", "remove it")]
    [InlineData("timeout: 10s", "headers: { Proxy-Thing: \"{note}\" }", "Proxy-Thing", "the server's own", "remove it")]
    [InlineData("timeout: 10s", "headers: { Host: \"{note}\" }", "Host", "the server's own", "remove it")]
    [InlineData("timeout: 10s", "headers: { traceparent: \"{note}\" }", "traceparent", "the server's own", "remove it")]
    [InlineData("timeout: 10s", "headers: { \"X Note\": \"{note}\" }", "X Note", "not a header's name", "letters, digits")]
    [InlineData("timeout: 10s", "headers: { X-Note: \"{note}\", x-note: \"{currency}\" }", "x-note", "mapped twice", "remove one of the two")]
    [InlineData("timeout: 10s", "headers: { idempotency-key: \"{note}\" }", "header: Idempotency-Key", "mapped to an argument too", "its value is the step's id")]
    [InlineData("timeout: 10s", "headers: { X-Labels: \"{labels}\" }", "X-Labels", "`labels` cannot stand in a header", "send it in the body")]
    [InlineData("timeout: 10s", "body: { amount: \"{amount}\" }", "note: { type", "`note` is sent nowhere", "add it to request.body")]
    [InlineData("timeout: 10s", "body: \"{amunt}\"", "{amunt}", "`{amunt}` is not an argument", "Did you mean 'amount'?")]
    [InlineData("timeout: 10s", "body: \"{amount\"", "{amount\"", "a brace is not paired", "placeholders as {argument}")]
    [InlineData("{ header: Idempotency-Key }", "{ header: Cookie }", "Cookie", "the server's own", "remove it")]
    // Facts.
    [InlineData("    path: /v1/accounts/{account_id}\n", "    method: POST\n    path: /v1/accounts/{account_id}\n", "method: POST\n    path: /v1/accounts/{account_id}\n", "looked up with GET alone", "remove `method`")]
    [InlineData("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{iban}\n", "{iban}", "`{iban}` is not an argument", "Known are")]
    [InlineData("    output: { type: object, required: [open]", "    outpt: { type: object, required: [open]", "outpt", "`outpt` is not a key", "Did you mean 'output'?")]
    [InlineData("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{account_id}\n    cache: 5m\n", "cache: 5m", "decided on what was true up to 5m before", "on_destructive: true")]
    [InlineData("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{account_id}\n    cache: { age: 5m }\n", "cache: { age", "decided on what was true up to 5m before", "on_destructive: true")]
    [InlineData("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{account_id}\n    cache: { age: 2h, on_destructive: true }\n", "age: 2h", "duration from 1s to 1h", "30s, 10m")]
    [InlineData("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{account_id}\n    cache: { on_destructive: true }\n", "on_destructive", "`age` is missing", "add `age")]
    [InlineData("    path: /v1/accounts/{account_id}\n", "    path: /v1/accounts/{account_id}\n    cache: { age: 5m, on_destructiv: true }\n", "on_destructiv:", "`on_destructiv` is not a key", "Did you mean 'on_destructive'?")]
    // Policy.
    [InlineData("facts.account.open", "facts.acount.open", "facts.acount.open", "The condition does not check", "account")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: args.amont > 1000.0", "args.amont", "The condition does not check", "amount")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: args.note == \"x\"", "args.note", "The condition does not check", "has(args.note)")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: has(args.currency) && args.currency == \"GBP\"", "GBP", "The condition does not check", "")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: args.amount", "forbid: args.amount", "The condition does not check", "")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: _user_request == \"x\"", "_user_request", "The condition does not check", "")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: 5", "forbid: 5", "must be a condition", "quote it as text")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: args.amount > 1000.0\n    review: args.amount > 10.0", "forbid:", "exactly one of `allow`, `review` and `forbid`", "a rule for each")]
    [InlineData("forbid: args.amount > 1000.0", "deny: args.amount > 1000.0", "deny", "exactly one of `allow`, `review` and `forbid`", "a rule for each")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: args.amount > 1000.0\n    limits: [{ count: 1, per: 1h, by: [caller] }]", "limits: [{ count: 1", "Only an `allow` rule has limits", "move them")]
    [InlineData("forbid: args.amount > 1000.0", "review: true", "- allow:", "can never permit anything", "narrow the other rule")]
    [InlineData("forbid: args.amount > 1000.0", "review: facts.account.open", "- allow:", "can never permit anything", "narrow the other rule")]
    [InlineData("forbid: args.amount > 1000.0", "review: args.amount > 2000.0 || (facts.account.open)", "- allow:", "can never permit anything", "narrow the other rule")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: true", "- allow: true", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: \"true\"", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: 1 < 2", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: \"!false\"", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: \"'a'.startsWith('a')\"", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: \"[1].exists(x, x > 0)\"", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: \"true ? 1 < 2 : false\"", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: \"(true)\"", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("- allow: args.amount < tenant.settings.limit && facts.account.open", "- allow: has(args.amount)", "- allow: ", "something destructive at any time", "because: …")]
    [InlineData("forbid: args.amount > 1000.0", "forbid: args.amount > 1000.0\n    mode: shadows", "mode: shadows", "must be one of enforce, shadow", "Did you mean 'shadow'?")]
    // Limits.
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 0, per: 1h, by: [caller] }", "count: 0", "whole number greater than 0", "count: 5")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, sum: args.amount, max: 5, per: 1h, by: [caller] }", "count: 5", "exactly one of `count`, `sum` and `concurrent`", "sum: args.amount")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ sum: args.amount, per: 1h, by: [caller] }", "sum: args.amount", "`max` is missing", "add `max")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ sum: args.account_id, max: 5, per: 1h, by: [caller] }", "sum: args.account_id", "The condition does not check", "")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ sum: tenant.settings.limit, max: 5, per: 1h, by: [caller] }", "sum: tenant", "The condition does not check", "")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: hour, by: [caller] }", "per: hour", "must be a duration", "30s, 10m, 1h, 1d")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [] }", "by: []", "`by` names nothing", "by: [caller]")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [user] }", "by: [user]", "`user` is nothing to count by", "")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [args.note] }", "by: [args.note]", "cannot be counted by", "count by caller or tenant")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [caller], then: review }", "then: review", "must be one of refuse", "")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h }", "{ count: 5", "`by` is missing", "add `by")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, concurrent: 1, per: 1h, by: [caller] }", "count: 5", "exactly one of `count`, `sum` and `concurrent`", "concurrent: 1")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ concurrent: 1, per: 1h, by: [caller] }", "concurrent: 1", "`concurrent` has no window", "remove `per`")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ concurrent: 1.5, by: [caller] }", "concurrent: 1.5", "whole number greater than 0", "concurrent: 5")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ concurrent: 1, max: 5, by: [caller] }", "concurrent: 1", "`max` is not a key", "")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ concurent: 1, by: [caller] }", "concurent: 1", "`concurent` is not a key", "Did you mean 'concurrent'?")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ count: 5, per: 1h, by: [caller] }, { count: 9, per: 60m, by: [caller] }", "count: 9", "counts the same over the same window", "keep the tighter one")]
    [InlineData("{ count: 5, per: 1h, by: [caller] }", "{ concurrent: 5, by: [caller] }, { concurrent: 1, by: [caller], hard: true }", "concurrent: 1", "counts the same over the same window", "keep the tighter one")]
    // Approval.
    [InlineData("approvers: [support]", "approvers: []", "approvers: []", "names no role", "approvers: [support]")]
    [InlineData("approvers: [support]", "quorum: 1", "quorum: 1", "`approvers` is missing", "add `approvers")]
    [InlineData("approvers: [support]", "approvers: [support]\n  quorum: 0", "quorum: 0", "whole number from 1 to 10", "such as 1")]
    [InlineData("approvers: [support]", "approvers: [support, support]", "approvers: [support, support]", "stands in `approvers` twice", "remove one")]
    [InlineData("approvers: [support]", "approvers: [support]\n  expires: forever", "forever", "must be a duration", "1d")]
    [InlineData("approvers: [support]", "approvers: [support]\n  confirm: sms", "sms", "must be one of code, form, inbox", "")]
    [InlineData("approvers: [support]", "approvers: [support]\n  escalate: [{ approvers: [managers] }]", "escalate: [{", "`after` is missing", "add `after")]
    [InlineData("approvers: [support]", "approvers: [support]\n  escalate: [{ after: 1h, approvers: [] }]", "approvers: [] }]", "names no role", "approvers: [managers]")]
    [InlineData("approvers: [support]", "approvers: [support]\n  escalate: [{ after: 2d, approvers: [managers] }]", "escalate: [{", "is never escalated after 2d", "escalate sooner")]
    [InlineData("approvers: [support]", "approvers: [support]\n  modify: [amont]", "amont", "`{amont}` is not an argument", "Did you mean 'amount'?")]
    [InlineData("approvers: [support]", "approvers: [support]\n  modify: [card]", "modify: [card]", "`card` is sensitive", "take it off the list")]
    [InlineData("Pay {amount} to {account_id}", "Pay {amount} with {card}", "with {card}", "names the sensitive argument `card`", "remove {card}")]
    [InlineData("Pay {amount} to {account_id}", "Pay {sum} to {account_id}", "Pay {sum}", "`{sum}` is not an argument", "Known are")]
    // Tests.
    [InlineData("expect: allow", "expect: approve", "expect: approve", "must be one of allow, review, refuse, forbid", "")]
    [InlineData("args: { account_id: a, amount: 1 }", "args: { account_id: a, amount: one }", "amount: one", "does not fit the schema", "correct the test or the schema")]
    [InlineData("facts: { account: { open: true } }", "facts: { acount: { open: true } }", "acount", "`acount` is not declared under `facts`", "Did you mean 'account'?")]
    [InlineData("facts: { account: { open: true } }", "settings: { limt: 5 }", "limt", "`limt` is not declared under `settings`", "Did you mean 'limit'?")]
    [InlineData("facts: { account: { open: true } }", "caller: { role: admin }", "role: admin", "`role` is not a key", "Did you mean 'roles'?")]
    [InlineData("facts: { account: { open: true } }", "now: \"yesterday\"", "yesterday", "`now` is not an instant", "2026-01-31T12:00:00Z")]
    [InlineData("expect: allow", "expect: allow\n  - name: small\n    args: { account_id: a, amount: 1 }\n    expect: allow", "name: small\n    args: { account_id: a, amount: 1 }\n    expect", "Two tests are called `small`", "its own name")]
    public void Every_mistake_is_told_with_file_line_and_fix(string old, string changed, string marker, string message, string fix)
    {
        var text = SampleManifest.With((old, changed));

        var (capability, problems) = SampleManifest.Load(text);

        capability.ShouldBeNull();
        var line = SampleManifest.LineOf(text, marker);
        var told = problems.Where(p => p.Message.Contains(message, StringComparison.Ordinal)).ToArray();
        told.ShouldNotBeEmpty(string.Join('\n', problems));
        told.ShouldContain(p => p.Line == line && p.File == "billing/pay_out.yaml" && p.Fix.Contains(fix, StringComparison.Ordinal), $"line {line}, fix {fix}\n{string.Join('\n', problems)}");
        told.ShouldAllBe(p => p.Column >= 1 && p.Fix.Length > 0);
    }

    [Fact]
    public void All_mistakes_come_at_once_in_the_order_of_the_file()
    {
        var (_, problems) = SampleManifest.Load(SampleManifest.With(
            ("title: Pay out", "titel: Pay out"), ("timeout: 10s", "timeout: 99s"), ("args.amount > 1000.0", "args.amont > 1000.0"), ("approvers: [support]", "approvers: []")));

        problems.Count.ShouldBe(5);
        problems.Select(p => p.Line).ShouldBeInOrder();
    }

    [Fact]
    public void A_condition_that_does_not_check_is_underlined_at_its_column()
    {
        var text = SampleManifest.With(("args.amount > 1000.0", "args.amont > 1000.0"));

        var problem = SampleManifest.Load(text).Problems.ShouldHaveSingleItem();

        var line = text.Split('\n')[problem.Line - 1];
        line[(problem.Column - 1)..].ShouldStartWith("amont");
        problem.Message.ShouldContain("args.amont > 1000.0\n");
        problem.Message.ShouldContain("^~~~~");
        problem.ToString().ShouldStartWith($"billing/pay_out.yaml:{problem.Line}:{problem.Column}: The condition does not check");
        problem.ToString().ShouldContain("\n  fix: ");
    }

    [Fact]
    public void What_is_destructive_is_allowed_without_a_condition_only_with_a_reason_or_to_be_watched()
    {
        const string Allow = "- allow: args.amount < tenant.settings.limit && facts.account.open";

        SampleManifest.Sound((Allow, "- allow: true\n    because: Payouts go to the tenant's own account.")).Rules[0].Because.ShouldNotBeNull();
        SampleManifest.Sound((Allow, "- allow: true\n    mode: shadow")).Rules[0].IsShadow.ShouldBeTrue();
        SampleManifest.Sound((Allow, "- allow: true"), ("effects: destructive", "effects: additive")).Rules[0].IsShadow.ShouldBeFalse();
        SampleManifest.Sound((Allow, "- allow: false")).Rules[0].Because.ShouldBeNull();
        SampleManifest.Sound((Allow, "- allow: has(facts.account.open)")).Rules[0].Because.ShouldBeNull();
        SampleManifest.Sound((Allow, "- allow: 1 < 2\n    because: Payouts go to the tenant's own account.")).Rules[0].Because.ShouldNotBeNull();
    }

    [Fact]
    public void A_cached_answer_has_a_stated_age_and_on_something_destructive_it_is_meant()
    {
        const string Path = "    path: /v1/accounts/{account_id}\n";

        SampleManifest.Sound().Facts["account"].CacheFor.ShouldBeNull();
        SampleManifest.Sound((Path, Path + "    cache: { age: 5m, on_destructive: true }\n")).Facts["account"].CacheFor.ShouldBe(TimeSpan.FromMinutes(5));
        SampleManifest.Sound((Path, Path + "    cache: 30s\n"), ("effects: destructive", "effects: additive")).Facts["account"].CacheFor.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_shadow_covers_nothing_and_is_covered_by_nothing()
    {
        SampleManifest.Sound(("forbid: args.amount > 1000.0", "review: true\n    mode: shadow")).Rules[1].IsShadow.ShouldBeTrue();
        SampleManifest.Sound(("forbid: args.amount > 1000.0", "review: true"), ("- allow: args", "- mode: shadow\n    allow: args")).Rules[0].Limits.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_review_of_something_else_covers_no_allow() =>
        SampleManifest.Sound(("forbid: args.amount > 1000.0", "review: args.amount > 10.0 && facts.account.open")).Rules.Length.ShouldBe(2);
}
