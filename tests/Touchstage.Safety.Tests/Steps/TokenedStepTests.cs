using System.Text;
using Microsoft.Extensions.DependencyInjection;
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
        (await host.DecideAsync(await host.ApproverAsync(), outcome.Approval!.Id, VoteDecision.Approve)).Refusal.ShouldBeNull();
        await host.DoDueWorkAsync();

        var verdict = await ValidateAsync(host, upstream.Exchanges.Single(e => e.Method == "POST"), upstream.BaseUrl, "refund_user");

        verdict.Failure.ShouldBeNull();
        verdict.Claims!.Context.Approval!.Id.ShouldBe(outcome.Approval.Id);
        verdict.Claims.Context.Approval.Revision.ShouldBe(1);
        verdict.Claims.Context.Approval.ApprovedBy.ShouldBe(["acme/touchstage/boss%40example.com"]);
    }

    private static async Task<StepTokenVerdict> ValidateAsync(TouchstageHost host, FakeExchange sent, string publicUrl, string scope)
    {
        StepTokenKeySet.TryParse(Encoding.UTF8.GetBytes(await host.Services.GetRequiredService<IStepKeys>().JwksAsync(default)), out var keys).ShouldBeTrue();
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
            Keys = keys!,
            Scopes = [scope],
            Tenant = "acme",
            Now = host.Time.GetUtcNow(),
        });
    }
}
