using System.Text.Json.Nodes;

namespace Touchstage.StepTokens.AspNetCore.Tests;

public sealed class StorefrontTests : IAsyncLifetime
{
    private RunningStorefront storefront = null!;

    public async Task InitializeAsync() => storefront = await RunningStorefront.StartAsync();

    public async Task DisposeAsync() => await storefront.DisposeAsync();

    [Theory]
    [InlineData("GET", "payments/pay_1002", "get_payment", null, 200, """{"id":"pay_1002","customer_id":"cus_1","amount":35.5,"currency":"EUR","status":"captured","refunded":0}""")]
    [InlineData("GET", "payments?customer_id=cus_3&limit=1", "find_payments", null, 200, """{"payments":[{"id":"pay_1004","customer_id":"cus_3","amount":120,"currency":"EUR","status":"captured","refunded":0}]}""")]
    [InlineData("GET", "payments/pay_1003/customer", "fact:refund_user.customer", null, 200, """{"id":"cus_2","name":"Ben Okoro","email":"ben@acme.example","email_verified":false}""")]
    [InlineData("GET", "payments/pay_1001/customer", "fact:send_receipt.customer", null, 200, """{"id":"cus_1","name":"Ada Winter","email":"ada@acme.example","email_verified":true}""")]
    [InlineData("POST", "payments/pay_1002/refunds", "refund_user", """{"amount":10.25,"reason":"late","card_note":"n"}""", 201, """{"refund_id":"ref_1","payment_id":"pay_1002","amount":10.25,"currency":"EUR","status":"succeeded","reason":"late","idempotency_key":null}""")]
    [InlineData("POST", "payments/pay_1001/receipts", "send_receipt", null, 201, """{"id":"rcp_1","payment_id":"pay_1001","sent_to":"ada@acme.example","note":null}""")]
    [InlineData("POST", "payments/pay_1001/receipts", "send_receipt", "{}", 201, """{"id":"rcp_1","payment_id":"pay_1001","sent_to":"ada@acme.example","note":null}""")]
    [InlineData("GET", "refunds?idempotency_key=none", "find_refund", null, 200, """{"refunds":[]}""")]
    [InlineData("GET", "customers/cus_1", "get_customer", null, 200, """{"id":"cus_1","name":"Ada Winter","email":"ada@acme.example","email_verified":true}""")]
    [InlineData("PATCH", "customers/cus_1", "update_customer", """{"email":"new@acme.example"}""", 200, """{"id":"cus_1","name":"Ada Winter","email":"new@acme.example","email_verified":false}""")]
    [InlineData("POST", "invites", "invite_member", """{"email":"eve@acme.example","role":"member"}""", 201, """{"id":"inv_1","email":"eve@acme.example","role":"member","status":"pending"}""")]
    [InlineData("GET", "invites", "list_invites", null, 200, """{"invites":[]}""")]
    [InlineData("POST", "projects", "create_project", """{"name":"New"}""", 201, """{"id":"prj_4","name":"New"}""")]
    [InlineData("GET", "projects", "list_projects", null, 200, """{"projects":[{"id":"prj_1","name":"Website"},{"id":"prj_2","name":"Mobile app"},{"id":"prj_3","name":"Old campaign"}]}""")]
    [InlineData("GET", "projects/prj_1", "fact:delete_project.project", null, 200, """{"id":"prj_1","name":"Website"}""")]
    [InlineData("DELETE", "projects/prj_1", "delete_project", null, 200, """{"deleted":true,"id":"prj_1"}""")]
    [InlineData("GET", "payments/pay_9", "get_payment", null, 404, null)]
    [InlineData("GET", "payments?status=lost", "find_payments", null, 422, null)]
    [InlineData("POST", "payments/pay_1001/refunds", "refund_user", """{"amount":20.01}""", 422, null)]
    [InlineData("POST", "payments/pay_1001/refunds", "refund_user", """{"amount":0.001}""", 422, null)]
    [InlineData("POST", "payments/pay_1001/refunds", "refund_user", """{"amount":"20"}""", 400, null)]
    [InlineData("POST", "payments/pay_1001/refunds", "refund_user", """{"amount":20,"amount":1}""", 400, null)]
    [InlineData("POST", "payments/pay_1001/refunds", "refund_user", """{"amount":20,"to":"me"}""", 400, null)]
    [InlineData("POST", "invites", "invite_member", """{"email":"eve@acme.example","role":"owner"}""", 422, null)]
    [InlineData("DELETE", "projects/prj_9", "delete_project", null, 404, null)]
    public async Task Each_route_answers_alike_through_both_doors(string method, string path, string scope, string? body, int status, string? answer)
    {
        await using var other = await RunningStorefront.StartAsync();

        var beside = await storefront.CallAsync(new Call(method, $"/v1/{path}", scope, body));
        var bearer = await other.CallAsync(new Call(method, $"/accounts/acme/v1/{path}", scope, body));

        beside.Status.ShouldBe(status, beside.Text);
        bearer.Status.ShouldBe(status, bearer.Text);
        if (answer is not null)
        {
            JsonNode.DeepEquals(beside.Json, JsonNode.Parse(answer)).ShouldBeTrue(beside.Text);
            bearer.Text.ShouldBe(beside.Text);
        }
        else
        {
            beside.Head.ShouldContain("application/problem+json");
        }
    }

    [Fact]
    public async Task A_refund_with_a_known_key_is_answered_again_and_not_paid_again()
    {
        var refund = new Call("POST", "/v1/payments/pay_1004/refunds", "refund_user", """{"amount":50}""", "txn_a");

        var first = await storefront.CallAsync(refund);
        var again = await storefront.CallAsync(refund);

        first.Status.ShouldBe(201);
        again.Status.ShouldBe(201);
        again.Text.ShouldBe(first.Text);
        (await PaymentAsync("pay_1004"))["refunded"]!.GetValue<decimal>().ShouldBe(50);
        var found = await storefront.CallAsync(new Call("GET", "/v1/refunds?idempotency_key=txn_a", "verify:refund_user"));
        found.Json["refunds"]!.AsArray().Single()!["refund_id"]!.GetValue<string>().ShouldBe("ref_1");
    }

    [Fact]
    public async Task A_key_of_another_refund_is_a_conflict()
    {
        var refund = new Call("POST", "/v1/payments/pay_1004/refunds", "refund_user", """{"amount":50}""", "txn_a");
        (await storefront.CallAsync(refund)).Status.ShouldBe(201);

        var other = await storefront.CallAsync(refund with { Body = """{"amount":51}""" });
        var elsewhere = await storefront.CallAsync(refund with { Target = "/v1/payments/pay_1005/refunds" });

        other.Status.ShouldBe(409);
        other.Json["code"]!.GetValue<string>().ShouldBe("conflict");
        elsewhere.Status.ShouldBe(409);
        (await PaymentAsync("pay_1004"))["refunded"]!.GetValue<decimal>().ShouldBe(50);
    }

    [Fact]
    public async Task Simultaneous_refunds_with_one_key_pay_once()
    {
        var refund = new Call("POST", "/v1/payments/pay_1005/refunds", "refund_user", """{"amount":100}""", "txn_a");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => storefront.CallAsync(refund)));

        answers.ShouldAllBe(answer => answer.Status == 201);
        (await PaymentAsync("pay_1005"))["refunded"]!.GetValue<decimal>().ShouldBe(100);
    }

    [Fact]
    public async Task A_keys_answer_belongs_to_its_account()
    {
        var refund = new Call("POST", "/v1/payments/pay_1004/refunds", "refund_user", """{"amount":50}""", "txn_a");
        await storefront.CallAsync(refund);

        var answer = await storefront.CallAsync(refund, "globex", RunningStorefront.GlobexKey);

        answer.Status.ShouldBe(201);
        var entry = (await storefront.JournalAsync("globex-shop")).Json["entries"]!.AsArray().Single()!;
        entry["effect"]!.GetValue<string>().ShouldBe("refunded 50 EUR of pay_1004 as ref_1");
    }

    [Fact]
    public async Task One_accounts_changes_are_not_seen_in_another()
    {
        await storefront.CallAsync(new Call("DELETE", "/v1/projects/prj_1", "delete_project"));
        await storefront.CallAsync(new Call("POST", "/v1/projects", "create_project", """{"name":"Secret"}"""));
        await storefront.CallAsync(new Call("PATCH", "/v1/customers/cus_1", "update_customer", """{"name":"Changed"}"""));

        var projects = await storefront.CallAsync(new Call("GET", "/v1/projects", "list_projects"), "globex", RunningStorefront.GlobexKey);
        var hidden = await storefront.CallAsync(new Call("GET", "/v1/projects/prj_4", "fact:delete_project.project"), "globex", RunningStorefront.GlobexKey);
        var customer = await storefront.CallAsync(new Call("GET", "/accounts/globex-shop/v1/customers/cus_1", "get_customer"), "globex");

        projects.Json["projects"]!.AsArray().Select(project => project!["id"]!.GetValue<string>()).ShouldBe(["prj_1", "prj_2", "prj_3"]);
        hidden.Status.ShouldBe(404);
        customer.Json["name"]!.GetValue<string>().ShouldBe("Ada Winter");
    }

    [Fact]
    public async Task The_journal_says_what_was_done_and_bears_no_secret()
    {
        var delete = new Call("DELETE", "/v1/projects/prj_2", "delete_project");
        var token = storefront.Minter.Mint(delete);
        await storefront.SendAsync(delete, token);
        await storefront.SendAsync(delete, token);

        var journal = await storefront.JournalAsync("acme");

        var entries = journal.Json["entries"]!.AsArray();
        entries.Count.ShouldBe(2);
        JsonNode.DeepEquals(entries[0], JsonNode.Parse(
            """
            {"number":1,"account":"acme","credential":"api key","time":"2026-05-04T12:00:00.000Z","method":"DELETE","target":"/v1/projects/prj_2","body":"",
            "scope":"delete_project","txn":"txn_1","jti":"jti_1","sub":"acme/local/ada","status":200,"effect":"deleted project prj_2"}
            """)).ShouldBeTrue(entries[0]!.ToJsonString());
        entries[1]!["effect"]!.GetValue<string>().ShouldBe("refused: step token (replayed)");
        foreach (var secret in (string[])[token, token.Split('.')[2], RunningStorefront.AcmeKey, RunningStorefront.OwnerKey])
        {
            journal.Text.ShouldNotContain(secret);
            storefront.Log.Messages.ShouldAllBe(message => !message.Contains(secret));
        }
    }

    [Fact]
    public async Task A_question_that_was_answered_is_in_the_journal_as_well()
    {
        var answer = await storefront.CallAsync(new Call("GET", "/v1/payments/pay_1001/customer", "fact:refund_user.customer"));

        answer.Status.ShouldBe(200);
        var entry = (await storefront.JournalAsync("acme")).Json["entries"]!.AsArray().Single()!;
        entry["scope"]!.GetValue<string>().ShouldBe("fact:refund_user.customer");
        entry["effect"]!.GetValue<string>().ShouldBe("answered: nothing was changed");
    }

    [Fact]
    public async Task The_journal_is_the_owners()
    {
        (await storefront.JournalAsync(key: "guessed")).Status.ShouldBe(401);

        await using var without = await RunningStorefront.StartAsync(ownerKey: null);
        (await without.JournalAsync()).Status.ShouldBe(404);
    }

    private async Task<JsonNode> PaymentAsync(string id) => (await storefront.CallAsync(new Call("GET", $"/v1/payments/{id}", "get_payment"))).Json;
}
