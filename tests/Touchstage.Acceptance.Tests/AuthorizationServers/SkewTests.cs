using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.AuthorizationServers;

/// <summary>The clock of the authorization server is a minute off: what a client signs is taken, and what is given is used.</summary>
[Collection(ProviderCollection.Name)]
public sealed class SkewTests
{
    [ProviderTheory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_minute_off_is_no_obstacle(int seconds)
    {
        var deployment = new SkewedDeployment(seconds);
        await deployment.InitializeAsync();
        try
        {
            var party = await deployment.ConnectAsync(deployment.Server);
            foreach (var connection in (string[])["es256", "rs256"])
            {
                var answer = await party.AnswerAsync("refund_" + connection, new { id = "p1" });
                answer.Text("status").ShouldBe("completed", answer.GetRawText());
            }
        }
        finally
        {
            await deployment.DisposeAsync();
        }
    }

    private sealed class SkewedDeployment(int seconds) : OAuthDeployment
    {
        protected override int SkewSeconds => seconds;

        protected override string[] Connections => ["es256", "rs256"];
    }
}
