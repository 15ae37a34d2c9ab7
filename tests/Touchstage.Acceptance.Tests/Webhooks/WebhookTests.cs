using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Webhooks;

/// <summary>The built server tells a receiver that something waits, and the operator what could not be told.</summary>
public sealed class WebhookTests(WebhookDeployment deployment) : IClassFixture<WebhookDeployment>
{
    private const int MostLooks = 60;

    [Fact]
    public async Task A_receiver_is_told_signed_tried_again_given_up_in_sight_of_doctor_and_told_after_a_retry()
    {
        var server = await deployment.ServeAsync();
        await using var agent = await Party.OverHttpAsync(deployment, server, deployment.Agent.Key);
        var account = deployment.NewSecret("account");
        var approval = await agent.HeldAsync("pay_out", new { amount = 120, account });

        var first = await deployment.Receiver.NextAsync();
        var data = Verified(first).GetProperty("data");
        (data.Text("approval"), data.Text("summary"), data.Text("requester")).ShouldBe((approval, "Pay out 120", "helper"));
        data.Text("inbox_url").ShouldBe(new Uri(server.Address, $"/inbox/approvals/{approval}").ToString());
        first.Text.ShouldNotContain(account);
        await first.AnswerAsync("not now", 500, "text/plain");

        var second = await deployment.Receiver.NextAsync();
        Verified(second);
        var id = Header(second, "webhook-id");
        id.ShouldBe(Header(first, "webhook-id"));
        await second.AnswerAsync("no more", 410, "text/plain");

        (await DoctorAsync($"1 could not be delivered: {id} to pager")).ShouldContain("touchstage webhooks retry acme --all-dead");
        var listed = JsonElement.Parse(await deployment.DoAsync("webhooks", "list", "acme", "--json")).GetProperty("deliveries")[0];
        (listed.Text("id"), listed.Text("state"), listed.GetProperty("tries").GetInt32(), listed.Text("last_error")).ShouldBe((id, "dead", 2, "The receiver answered 410: it wants no more."));

        await deployment.DoAsync("webhooks", "retry", "acme", id);
        var third = await deployment.Receiver.NextAsync();
        Verified(third);
        Header(third, "webhook-id").ShouldBe(id);
        await third.AnswerAsync("", 204, "text/plain");

        await DoctorAsync("ok    webhooks of acme: Everything was delivered.");
        deployment.Receiver.Lines.ShouldAllBe(line => line == "POST /hooks");
    }

    // What a receiver does: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    private JsonElement Verified(HeldRequest request)
    {
        var body = request.Text[(request.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        var timestamp = Header(request, "webhook-timestamp");
        var expected = HMACSHA256.HashData(deployment.Key.Span, Encoding.Latin1.GetBytes($"{Header(request, "webhook-id")}.{timestamp}.{body}"));

        Header(request, "webhook-signature").ShouldBe($"v1,{Convert.ToBase64String(expected)}");
        (TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture))).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(5));
        var message = JsonElement.Parse(body);
        message.Text("type").ShouldBe("approval.pending");
        return message;
    }

    private static string Header(HeldRequest request, string name) =>
        request.Text.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    // What came of an answer is written when the server has read it, so the operator looks until it shows.
    private async Task<string> DoctorAsync(string expected)
    {
        var run = await deployment.RunAsync("doctor");
        for (var looks = 1; looks < MostLooks && !run.Output.Contains(expected, StringComparison.Ordinal); looks++)
        {
            run = await deployment.RunAsync("doctor");
        }

        run.Output.ShouldContain(expected);
        run.ExitCode.ShouldBe(0, run.Output);
        return run.Output;
    }
}
