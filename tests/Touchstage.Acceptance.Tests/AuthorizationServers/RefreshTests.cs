using System.Globalization;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>Two server processes on one store refresh as one: the authorization server takes a refresh token that comes twice for a stolen one, and ends the grant.</summary>
[Collection(ProviderCollection.Name)]
public sealed class RefreshTests : IAsyncLifetime
{
    private const int Calls = 24;

    private int made;

    private readonly ShortLivedDeployment deployment = new();

    [ProviderFact]
    public async Task Many_parallel_calls_of_two_processes_refresh_once_and_all_complete()
    {
        await ConsentAsync();
        var second = await deployment.ServeAsync();

        // What was given lasts no longer than a step may take, so every call wants the next one.
        await AllCompleteAsync(second);
        var before = await deployment.Provider.ReportAsync();
        await deployment.Provider.SetAsync(new { accessTtl = 600 });
        await AllCompleteAsync(second);

        var after = await deployment.Provider.ReportAsync();
        (after.Count("refresh_token ok") - before.Count("refresh_token ok")).ShouldBe(1);
        await AllCompleteAsync(second);
        after = await deployment.Provider.ReportAsync();
        (after.Count("refresh_token ok") - before.Count("refresh_token ok")).ShouldBe(1);
        (after.Count("refresh_token invalid_grant"), after.Count("revoked")).ShouldBe((0, 0));
        after.Calls.Count(call => call.GetProperty("status").GetInt32() == 200).ShouldBe(3 * Calls);
        await deployment.LedgerShouldBeSoundAsync();
    }

    [ProviderFact]
    public async Task Whoever_refreshes_is_killed_and_the_other_takes_the_turn_over()
    {
        await ConsentAsync();
        var second = await deployment.ServeAsync();
        var (killed, alive) = (await deployment.ConnectAsync(deployment.Server), await deployment.ConnectAsync(second));
        await deployment.Provider.SetAsync(new { delay = 4_000, accessTtl = 600 });
        var asked = (await deployment.Provider.ReportAsync()).Count("token");
        var lost = killed.AnswerAsync("refund_person", new { id = "lost" });
        await deployment.Provider.ReportAfterAsync(asked + 1);

        await deployment.Server.Process.KillAsync();
        var answer = await alive.AnswerAsync("refund_person", new { id = "waited" });

        answer.Text("status").ShouldBe("completed", answer.GetRawText());
        var report = await deployment.Provider.ReportAsync();
        (report.Count("token"), report.Count("refresh_token ok"), report.Count("revoked")).ShouldBe((asked + 2, 1, 0));
        report.Calls.Count(call => call.GetProperty("status").GetInt32() == 200).ShouldBe(1);
        await Should.ThrowAsync<Exception>(lost);
        await deployment.LedgerShouldBeSoundAsync();
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => deployment.InitializeAsync();

    /// <inheritdoc/>
    public Task DisposeAsync() => deployment.DisposeAsync();

    private async Task ConsentAsync()
    {
        var run = await deployment.ConsentAsync();
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private async Task AllCompleteAsync(Server second)
    {
        var parties = await Task.WhenAll(deployment.ConnectAsync(deployment.Server), deployment.ConnectAsync(second));
        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(number => parties[number % 2].AnswerAsync("refund_person", new { id = Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture) })));
        answers.ShouldAllBe(answer => answer.Text("status") == "completed", string.Join('\n', answers.Select(answer => answer.GetRawText())));
    }
}
