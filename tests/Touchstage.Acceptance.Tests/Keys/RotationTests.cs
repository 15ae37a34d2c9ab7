using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Touchstage.Acceptance.Tests.Clients;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Keys;

/// <summary>Keys are rotated on the command line while two server processes work on one store; the API verifies every step token, and globex's connection has access tokens besides.</summary>
public sealed class RotationTests(TwoServersDeployment deployment) : IClassFixture<TwoServersDeployment>
{
    private const int Rounds = 3;

    [Fact]
    public async Task While_calls_go_on_every_key_is_rotated_again_and_again_and_no_call_fails()
    {
        var (acme, globex) = (await deployment.SessionAsync("acme", "agent", "reader"), await deployment.SessionAsync("globex", "agent", "reader"));
        var callers = await Task.WhenAll(deployment.OnFirstAsync(acme), deployment.OnSecondAsync(acme), deployment.OnFirstAsync(globex), deployment.OnSecondAsync(globex));
        var traffic = callers.Select((party, number) => new Traffic(party, number)).ToArray();
        await Task.WhenAll(traffic.Select(calls => calls.AnotherAsync()));

        for (var round = 0; round < Rounds; round++)
        {
            var rotated = JsonElement.Parse(await deployment.DoAsync("keys", "rotate", "--json"));
            rotated.GetProperty("tenants").EnumerateArray().Select(tenant => (tenant.Text("tenant"), tenant.GetProperty("generation").GetInt32(), tenant.GetProperty("unreadable").GetArrayLength()))
                .ShouldBe([("acme", round + 2, 0), ("globex", round + 2, 0)]);
            await Task.WhenAll(traffic.Select(calls => calls.AnotherAsync()));
        }

        var answers = (await Task.WhenAll(traffic.Select(calls => calls.EndAsync()))).SelectMany(each => each).ToList();
        answers.ShouldAllBe(answer => answer.Text("status") == "completed");
        answers.Count.ShouldBeGreaterThanOrEqualTo(traffic.Length * (Rounds + 1));
        Directory.GetFiles(Path.Combine(deployment.Data, "keys"), "*.xml").Length.ShouldBe(Rounds + 1);
        await deployment.LedgerShouldBeSoundAsync();
        foreach (var party in callers)
        {
            await party.DisposeAsync();
        }
    }

    /// <summary>Calls, one after the other, each unlike those before it.</summary>
    private sealed class Traffic
    {
        private readonly List<JsonElement> answers = [];
        private readonly Channel<int> answered = Channel.CreateUnbounded<int>();
        private readonly Task running;
        private volatile bool isOver;

        public Traffic(Party party, int number) => running = Task.Run(async () =>
        {
            while (!isOver)
            {
                answers.Add(await party.AnswerAsync("find_payments", new { customer_id = string.Create(CultureInfo.InvariantCulture, $"cus_{number}x{answers.Count}") }));
                answered.Writer.TryWrite(answers.Count);
            }
        });

        /// <summary>A call that began after this was asked has ended.</summary>
        public async Task AnotherAsync()
        {
            while (answered.Reader.TryRead(out _))
            {
                // What ended before.
            }

            // The one that is under way, and one more.
            for (var left = 2; left > 0; left--)
            {
                var next = answered.Reader.ReadAsync().AsTask();
                if (await Task.WhenAny(next, running) == running)
                {
                    await running;
                }
            }
        }

        public async Task<IReadOnlyList<JsonElement>> EndAsync()
        {
            isOver = true;
            await running;
            return answers;
        }
    }
}
