using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.BadInput;

/// <summary>An upstream that is down, slow or says nonsense: the agent is told what is known, and the next call works.</summary>
[Collection(PayoutCollection.Name)]
public sealed class UpstreamTests(PayoutDeployment deployment)
{
    [Fact]
    public async Task Whatever_the_upstream_does_the_agent_is_told_and_nothing_is_lost()
    {
        var server = await deployment.ServeAsync();
        await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);

        // Down, and without a secret: nothing left.
        Should(await agent.AnswerAsync("pay_nobody", new { amount = 1 }), "failed", "upstream_unreachable");
        var unarmed = await agent.AnswerAsync("pay_unarmed", new { amount = 1 });
        Should(unarmed, "failed", "missing_secret");
        unarmed.Text("reason").ShouldContain("touchstage secret set");

        // Slow: nobody knows.
        var slow = agent.AnswerAsync("pay_quickly", new { amount = 2 });
        await deployment.Upstream.NextAsync();
        Should(await slow, "unknown", "upstream_unclear");

        // Too much: nobody knows.
        Should(await AnsweredAsync(agent, 3, request => request.AnswerAsync(JsonSerializer.Serialize(new { id = new string('x', 5_000) }))), "unknown", "upstream_unclear");

        // Cut in the middle, and no HTTP at all: nobody knows.
        Should(await AnsweredAsync(agent, 4, CutAsync), "unknown", "upstream_unclear");
        Should(await AnsweredAsync(agent, 5, request => request.AnswerRawAsync("220 mail.example ESMTP\r\n\r\n")), "unknown", "upstream_unclear");

        // An error of the upstream's own: nobody knows. A No of the upstream: it did nothing.
        Should(await AnsweredAsync(agent, 6, request => request.AnswerAsync("{}", 500)), "unknown", "upstream_unclear");
        Should(await AnsweredAsync(agent, 7, request => request.AnswerAsync("{}", 422)), "failed", "upstream_refused");

        // Not JSON, or not what was declared: it happened, and there is nothing to show.
        var page = await AnsweredAsync(agent, 8, request => request.AnswerAsync("<html>fine</html>", 200, "text/html"));
        Should(page, "completed", "upstream_not_json");
        page.TryGetProperty("result", out _).ShouldBeFalse();
        var strange = await AnsweredAsync(agent, 9, request => request.AnswerAsync("""{"id":7}"""));
        Should(strange, "completed", "result_withheld");

        // And then it works again.
        (await AnsweredAsync(agent, 10, request => request.AnswerAsync("""{"id":"po_9"}"""))).GetProperty("result").Text("id").ShouldBe("po_9");
        await deployment.LedgerShouldBeSoundAsync();
        Plain.ShouldTellNothingOfTheInside(string.Concat(server.Process.Said.Split('\n').Where(line => line.Contains("   at ", StringComparison.Ordinal))));

        static async Task CutAsync(HeldRequest request)
        {
            await request.AnswerRawAsync("HTTP/1.1 200 Said\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{\"id\":");
            request.Dispose();
        }
    }

    private static void Should(JsonElement answer, string status, string code)
    {
        answer.Text("status").ShouldBe(status, answer.GetRawText());
        answer.Text("code").ShouldBe(code, answer.GetRawText());
        answer.Text("step").ShouldStartWith("stp_");
        Plain.ShouldTellNothingOfTheInside(answer.GetRawText());
    }

    private async Task<JsonElement> AnsweredAsync(Party agent, int amount, Func<HeldRequest, Task> answer)
    {
        var call = agent.AnswerAsync("pay_out", new { amount });
        await answer(await deployment.Upstream.NextAsync());
        return await call;
    }
}
