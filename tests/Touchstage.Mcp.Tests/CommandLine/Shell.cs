using System.Globalization;
using System.Text.Json;
using Touchstage.Mcp.CommandLine;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>
/// The command line, run as if in processes of their own, on a store that it shares with a server's worth of library: agents propose there, and what is due is done when the test says so.
/// </summary>
public sealed class Shell : IAsyncLifetime
{
    private int agents;

    public TouchstageHost Host { get; private set; } = null!;

    public FakeUpstream Upstream { get; private set; } = null!;

    /// <summary>An approver of acme with the role that all payments ask for.</summary>
    public string Boss { get; private set; } = "";

    /// <summary>Another.</summary>
    public string Deputy { get; private set; } = "";

    /// <summary>An approver of globex.</summary>
    public string Stranger { get; private set; } = "";

    public string Capabilities => Path.Combine(Host.Folder, "capabilities");

    /// <summary>Another store, with manifests that a test may change.</summary>
    /// <param name="behind">How far the library's clock is behind when it starts.</param>
    public static async Task<Shell> StartAsync(TimeSpan behind)
    {
        var shell = new Shell();
        await shell.InitializeAsync(behind);
        return shell;
    }

    public Task InitializeAsync() => InitializeAsync(TimeSpan.Zero);

    private async Task InitializeAsync(TimeSpan behind)
    {
        Upstream = FakeUpstream.Answering(200, "application/json", """{"id":"x1"}""");
        Host = await TouchstageHost.StartAsync(Upstream.BaseUrl, PayManifests.All());
        Host.Time.SetUtcNow(TimeProvider.System.GetUtcNow() - behind);
        Boss = await Host.ApproverAsync("acme", "boss@example.com", "support");
        Deputy = await Host.ApproverAsync("acme", "deputy@example.com", "support");
        Stranger = await Host.ApproverAsync("globex", "boss@example.com", "support");
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    /// <summary>Sets the library's clock to the command line's, which is the real one.</summary>
    public void CatchUp() => Host.Time.SetUtcNow(TimeProvider.System.GetUtcNow());

    /// <summary>An agent that nobody else is, and its name.</summary>
    public async Task<(string Key, string Name)> AgentAsync(string tenant = "acme")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"agent-{Interlocked.Increment(ref agents)}");
        return (await Host.AgentAsync(tenant, name), name);
    }

    /// <summary>A payment that waits for a person, of an agent of its own.</summary>
    public async Task<string> HeldAsync(double amount = 50, string tool = "pay", string tenant = "acme") => await HeldAsync((await AgentAsync(tenant)).Key, amount, tool);

    /// <summary>A payment that waits for a person.</summary>
    public Task<string> HeldAsync(string agent, double amount, string tool = "pay") => HeldAsync(agent, JsonSerializer.Serialize(new { to = "eve", amount }), Narrative.None, tool);

    /// <summary>A payment that waits for a person.</summary>
    public async Task<string> HeldAsync(string agent, string arguments, Narrative narrative, string tool = "pay")
    {
        var outcome = await Host.CallAsync(agent, tool, arguments, narrative);
        outcome.Status.ShouldBe(ActionStatus.PendingApproval, outcome.Reason);
        return outcome.Approval!.Id;
    }

    /// <summary>The digest of the revision that stands, as <c>approvals show</c> tells it.</summary>
    public async Task<string> DigestAsync(string key, string approvalId) => (await RunAsync(key, "approvals", "show", approvalId, "--json")).Json.GetProperty("revision_digest").GetString()!;

    /// <summary>The digest of a modification's preview.</summary>
    public async Task<string> PreviewAsync(string key, string approvalId, params string[] changes)
    {
        var said = await RunAsync(key, ["approvals", "modify", approvalId, .. changes, "--preview", "--json"]);
        said.ExitCode.ShouldBe(ExitCode.Done, said.Screen);
        return said.Json.GetProperty("preview_digest").GetString()!;
    }

    /// <summary>What a server does by itself.</summary>
    public async Task DoDueWorkAsync()
    {
        CatchUp();
        await Host.DoDueWorkAsync();
    }

    /// <summary>What the upstream was told to do, by target and body.</summary>
    public IReadOnlyList<string> SentTo(string target) =>
        [.. Upstream.Exchanges.Where(exchange => exchange.Method == "POST" && exchange.Target == target).Select(exchange => System.Text.Encoding.UTF8.GetString(exchange.Body))];

    /// <summary>Runs a verb in a script: nobody is there to be asked.</summary>
    public Task<Said> RunAsync(string? key, params string[] arguments) => RunAsync(key, Stream.Null, false, arguments);

    /// <summary>Runs a verb in a script that pipes something in.</summary>
    public Task<Said> PipeAsync(string? key, string input, params string[] arguments) => RunAsync(key, new Typing(() => Task.FromResult(input)), false, arguments);

    /// <summary>Runs a verb before a person who answers.</summary>
    public Task<Said> AskAsync(string? key, string answer, params string[] arguments) => AskAsync(key, () => Task.FromResult(answer), arguments);

    /// <summary>Runs a verb before a person who answers after something else has happened.</summary>
    public Task<Said> AskAsync(string? key, Func<Task<string>> answer, params string[] arguments) =>
        RunAsync(key, new Typing(async () => await answer() + "\n"), true, arguments);

    /// <summary>Runs a verb in a script that pipes in what it makes of the output so far.</summary>
    public async Task<Said> ConverseAsync(Func<string, string> answer, params string[] arguments)
    {
        await using var output = new StringWriter();
        return await RunAsync(null, new Typing(() => Task.FromResult(answer(output.ToString()))), false, arguments, output);
    }

    private async Task<Said> RunAsync(string? key, Stream input, bool isPerson, string[] arguments)
    {
        await using var output = new StringWriter();
        return await RunAsync(key, input, isPerson, arguments, output);
    }

    private async Task<Said> RunAsync(string? key, Stream input, bool isPerson, string[] arguments, StringWriter output)
    {
        await using var error = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = input,
            IsInputPerson = isPerson,
            IsOutputPerson = isPerson,
            Environment = name => name == SessionKeySource.Variable ? key : null,
            CurrentDirectory = Host.Folder,
        };
        string[] all = [.. arguments, .. arguments.Contains("--data") ? Array.Empty<string>() : ["--data", Path.Combine(Host.Folder, "data")], "--capabilities", Capabilities];
        var exit = await new Cli(terminal, Verbs.All).RunAsync(all, CancellationToken.None);
        return new(exit, output.ToString(), error.ToString());
    }
}
