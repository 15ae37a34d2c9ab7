using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;
using Touchstage.StepTokens;
using Touchstage.TestKit;

namespace Touchstage.Safety.Tests.Steps;

/// <summary>What an API owner can check about the token that really arrived.</summary>
public sealed class TokenedStepTests
{
    [Fact]
    public async Task MintAsync_Token_IsValidForTheVeryRequestThatArrivedAndForNoOther()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 20 });
        var sent = upstream.Exchanges.Single(e => e.Method == "POST");

        var verdict = await ValidateAsync(host, sent, upstream.BaseUrl, "refund_user");

        verdict.Failure.ShouldBeNull();
        verdict.Claims!.Transaction.ShouldBe(outcome.StepId);
        verdict.Claims.Context.Tenant.ShouldBe("acme");
        verdict.Claims.Context.Approval.ShouldBeNull();
        sent.Header("idempotency-key").ShouldBe(outcome.StepId);
        (await ValidateAsync(host, sent, upstream.BaseUrl, "delete_project")).Failure.ShouldBe("scope");
        (await ValidateAsync(host, sent, "https://other.example", "refund_user")).Failure.ShouldBe("url");
        host.Time.Advance(TimeSpan.FromSeconds(60));
        (await ValidateAsync(host, sent, upstream.BaseUrl, "refund_user")).Failure.ShouldBe("expired");
    }

    [Fact]
    public async Task MintAsync_FactLookUp_HasAScopeOfItsOwn()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 20 });
        var lookUp = upstream.Exchanges.Single(e => e.Method == "GET");

        (await ValidateAsync(host, lookUp, upstream.BaseUrl, "fact:refund_user.customer")).Failure.ShouldBeNull();
        (await ValidateAsync(host, lookUp, upstream.BaseUrl, "refund_user")).Failure.ShouldBe("scope");
    }

    [Fact]
    public async Task MintAsync_ApprovedStep_NamesApprovalRevisionAndPeople()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 120 });
        var approver = await host.ApproverAsync();
        var shown = await host.ApprovalAsync(approver, outcome.Approval!.Id);
        (await host.DecideAsync(approver, outcome.Approval.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        var verdict = await ValidateAsync(host, upstream.Exchanges.Single(e => e.Method == "POST"), upstream.BaseUrl, "refund_user");

        verdict.Failure.ShouldBeNull();
        verdict.Claims!.Context.Approval!.Id.ShouldBe(outcome.Approval.Id);
        verdict.Claims.Context.Approval.Revision.ShouldBe(1);
        verdict.Claims.Context.Approval.ApprovedBy.ShouldBe(["acme/touchstage/boss%40example.com"]);
        verdict.Claims.Context.Approval.RevisionDigest.ShouldBe(shown.RevisionDigest);
    }

    [Fact]
    public async Task MintAsync_ModifiedStep_CarriesTheModifiersYesToWhatRuns()
    {
        await using var upstream = SampleUpstream.Start();
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        var (agent, approver) = (await host.AgentAsync(), await host.ApproverAsync());
        var outcome = await host.CallAsync(agent, "refund_user", new { payment_id = "pay_1", amount = 120 });
        var (desk, caller) = (host.Services.GetRequiredService<IModifications>(), await host.CallerAsync(approver));
        var modification = new Modification(
            outcome.Approval!.Id, null, JsonDocument.Parse("""{"amount":70}""").RootElement, "Less.", DecisionTag.None, DecisionChannel.Inbox);
        (await desk.PreviewAsync(caller, modification, withCode: false, default)).TryGet(out var preview, out _).ShouldBeTrue();
        (await desk.ModifyAsync(caller, modification, preview!.RevisionDigest, null, default)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();
        var sent = upstream.Exchanges.Single(e => e.Method == "POST");

        var verdict = await ValidateAsync(host, sent, upstream.BaseUrl, "refund_user");

        verdict.Failure.ShouldBeNull();
        Encoding.UTF8.GetString(sent.Body).ShouldContain("70");
        VoteStatementFormat.TryRead(verdict.Claims!.Context.Approval!.Statements.Single(), await KeysAsync(host), out var vote).ShouldBeTrue();
        (vote!.Answer, vote.Revision, vote.Channel, vote.RevisionDigest).ShouldBe((VoteAnswer.Approve, 2, "inbox", preview.RevisionDigest));
        vote.RequestDigest.ShouldBe(RequestDigest.Of(verdict.Claims.Context.Binding));
    }

    [Fact]
    public async Task MintAsync_Quorum_CarriesTheVotesThatCountedAndNoOthers()
    {
        await using var upstream = SampleUpstream.Start();
        var two = (await File.ReadAllTextAsync(Path.Combine(Repository.Capabilities, "billing", "refund_user.yaml"))).Replace("quorum: 1", "quorum: 2", StringComparison.Ordinal);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl, new Dictionary<string, string> { ["billing/refund_user.yaml"] = two });
        var outcome = await host.CallAsync(await host.AgentAsync(), "refund_user", new { payment_id = "pay_1", amount = 120 });
        var keys = new[] { await host.ApproverAsync(subject: "one@example.com"), await host.ApproverAsync(subject: "two@example.com") };
        foreach (var key in keys)
        {
            (await host.DecideAsync(key, outcome.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        }

        await host.DoDueWorkAsync();

        var verdict = await ValidateAsync(host, upstream.Exchanges.Single(e => e.Method == "POST"), upstream.BaseUrl, "refund_user");
        verdict.Failure.ShouldBeNull();
        verdict.Claims!.Context.Approval!.ApprovedBy.ShouldBe(["acme/touchstage/one%40example.com", "acme/touchstage/two%40example.com"]);
        verdict.Claims.Context.Approval.Statements.Length.ShouldBe(2);
    }

    private static async Task<StepTokenVerdict> ValidateAsync(TouchstageHost host, FakeExchange sent, string publicUrl, string scope)
    {
        var request = new ReceivedRequest
        {
            Method = sent.Method,
            TargetUri = publicUrl + sent.Target,
            Headers = [.. sent.HeaderNames.Select(name => KeyValuePair.Create(name, sent.Header(name)!))],
            Body = sent.Body,
        };
        return StepTokenValidator.Validate(sent.Header("txn-token")!, request, new()
        {
            Type = StepTokenNames.TxnTokenType,
            Issuer = "touchstage",
            Audience = "storefront",
            Keys = await KeysAsync(host),
            Scopes = [scope],
            Tenant = "acme",
            Now = host.Time.GetUtcNow(),
        });
    }

    private static async Task<StepTokenKeySet> KeysAsync(TouchstageHost host) =>
        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(await host.Services.GetRequiredService<IStepKeys>().JwksAsync(default)), out var keys)
            ? keys
            : throw new InvalidOperationException("No keys.");
}
