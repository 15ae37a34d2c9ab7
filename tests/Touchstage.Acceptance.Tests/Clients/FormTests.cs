using System.Text.Json;
using ModelContextProtocol.Protocol;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>Deciding in forms, with the C# client over every door and in both eras of the protocol.</summary>
[Collection(SampleCollection.Name)]
public sealed class FormTests(SampleDeployment deployment)
{
    public static TheoryData<string> Doors => ["http 2025-11-25", "http 2026-07-28", "stdio 2025-11-25", "stdio 2026-07-28", "sse"];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_case_is_approved_in_the_form_that_shows_it(string door)
    {
        var shown = new List<ElicitRequestParams>();
        await using var approver = await OpenAsync(door, asked =>
        {
            shown.Add(asked);
            return new { decision = "approve" };
        });
        var agent = await deployment.ConnectAsync("http 2026-07-28", deployment.Agent);
        var email = $"form-{door.Replace(' ', '-')}@acme.example";
        var id = await agent.HeldAsync("invite_member", new { email, role = "admin" });

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("Recorded: you said yes");

        shown.ShouldHaveSingleItem().Message.ShouldContain($"Invite {email} as admin");
        (await DoneAsync(agent, id)).Text("status").ShouldBe("succeeded");
        (await deployment.JournalAsync()).Count(entry => entry.Body.Contains(email, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_change_is_shown_confirmed_executed_and_told(string door)
    {
        var shown = new List<ElicitRequestParams>();
        await using var approver = await OpenAsync(door, asked =>
        {
            shown.Add(asked);
            return shown.Count == 1 ? new { decision = "modify", note = "a viewer is enough", change_role = "viewer" } : new { confirm = "confirm" };
        });
        var agent = await deployment.ConnectAsync("http 2026-07-28", deployment.Agent);
        var email = $"changed-{door.Replace(' ', '-')}@acme.example";
        var id = await agent.HeldAsync("invite_member", new { email, role = "admin" });

        (await approver.PromptAsync("review", ("id", id))).ShouldStartWith("Recorded: you changed");

        shown[1].Message.ShouldContain("+ role: \"viewer\"");
        var told = await DoneAsync(agent, id);
        told.Text("status").ShouldBe("succeeded");
        told.GetProperty("outcome").GetProperty("result").Text("role").ShouldBe("viewer");
        told.GetProperty("modification").GetProperty("proposed").Text("role").ShouldBe("admin");
        (await agent.AnswerAsync("invite_member", new { email, role = "admin" })).Text("code").ShouldBe("modified_instead");
    }

    private Task<Party> OpenAsync(string door, Func<ElicitRequestParams, object> fill) => door.Split(' ') switch
    {
        ["stdio", var era] => Party.OverStdioAsync(deployment, deployment.Approver.Key, era, fill),
        ["http", var era] => Party.OverHttpAsync(deployment, deployment.Server, deployment.Approver.Key, era, fill: fill),
        _ => Party.OverHttpAsync(deployment, deployment.Server, deployment.Approver.Key, isSse: true, fill: fill),
    };

    // Waits for news instead of asking again and again.
    private static async Task<JsonElement> DoneAsync(Party agent, string id)
    {
        while (true)
        {
            var told = await agent.AnswerAsync("touchstage_check_approval", new { approval_id = id, wait_seconds = 30 });
            if (told.Text("status") is not ("pending" or "approved" or "executing"))
            {
                return told;
            }
        }
    }
}
