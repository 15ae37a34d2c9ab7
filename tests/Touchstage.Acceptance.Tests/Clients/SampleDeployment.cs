using System.Collections.Concurrent;
using Touchstage.Acceptance.Tests.Processes;

namespace Touchstage.Acceptance.Tests.Clients;

/// <summary>The sample product behind one server, with an agent and an approver of Acme and an agent of Globex.</summary>
public sealed class SampleDeployment : Deployment
{
    private readonly ConcurrentDictionary<(string Key, string Door), Lazy<Task<Party>>> parties = new();

    internal Server Server { get; private set; } = null!;

    public SessionKey Agent { get; private set; } = null!;

    public SessionKey Approver { get; private set; } = null!;

    public SessionKey Stranger { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Server = await ServeAsync();
        await StartStorefrontAsync(Server);
        var sessions = await Task.WhenAll(
            SessionAsync("acme", "agent", "helper", "member"), SessionAsync("acme", "approver", "sam@acme.example", "support"), SessionAsync("globex", "agent", "helper", "member"));
        (Agent, Approver, Stranger) = (sessions[0], sessions[1], sessions[2]);
    }

    /// <summary>A connection through a door, such as <c>stdio 2025-11-25</c>. It is shared by the tests and ends with the deployment.</summary>
    internal Task<Party> ConnectAsync(string door, SessionKey session) => parties.GetOrAdd((session.Key, door), _ => new(() => OpenAsync(door, session.Key))).Value;

    /// <inheritdoc/>
    public override async Task EndAsync()
    {
        foreach (var party in parties.Values)
        {
            await (await party.Value).DisposeAsync();
        }
    }

    private Task<Party> OpenAsync(string door, string key) => door.Split(' ') switch
    {
        ["stdio", var era] => Party.OverStdioAsync(this, key, era),
        ["http", var era] => Party.OverHttpAsync(this, Server, key, era),
        ["sse"] => Party.OverHttpAsync(this, Server, key, isSse: true),
        _ => throw new ArgumentException($"There is no door '{door}'.", nameof(door)),
    };
}
