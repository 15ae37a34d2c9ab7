namespace Touchstage.Mcp.Demo;

/// <summary>What a scene has at hand: who plays, who tells, and what the product and the ledger wrote down.</summary>
internal sealed class Play : IAsyncDisposable
{
    private readonly Teller teller;
    private readonly DemoParts parts;
    private readonly Dictionary<string, long> told = new(StringComparer.Ordinal);

    private Play(DemoParts parts, Teller teller, McpParty agent, McpParty admin, McpParty approver, McpParty owner, McpParty globex, Overheard overheard)
    {
        (this.parts, this.teller) = (parts, teller);
        (Agent, Admin, Approver, Owner, Globex, Overheard) = (agent, admin, approver, owner, globex, overheard);
    }

    /// <summary>Acme's helper, role member.</summary>
    public McpParty Agent { get; }

    /// <summary>Acme's night run, role admin.</summary>
    public McpParty Admin { get; }

    /// <summary>Sam of Acme's support.</summary>
    public McpParty Approver { get; }

    /// <summary>Olga, who owns Acme's projects.</summary>
    public McpParty Owner { get; }

    /// <summary>Globex's helper.</summary>
    public McpParty Globex { get; }

    /// <summary>Everything that the agents were answered.</summary>
    public Overheard Overheard { get; }

    public Storefront Storefront => parts.Storefront;

    public DemoSetUp Operator => parts.Operator;

    public DemoSecrets Secrets => parts.Secrets;

    public DemoSessions Sessions => parts.Sessions;

    /// <summary>The approval of the held refund, for later scenes.</summary>
    public string HeldApproval { get; set; } = "";

    /// <summary>The step of the approved refund, for later scenes.</summary>
    public string ApprovedStep { get; set; } = "";

    public static async Task<Play> BeginAsync(DemoParts parts, Teller teller, CancellationToken cancellation)
    {
        var overheard = new Overheard();
        McpParty[] parties =
        [
            await McpParty.ConnectAsync("helper", "acme", parts.ServerAddress, parts.Sessions.AcmeAgent, overheard, cancellation),
            await McpParty.ConnectAsync("night-run", "acme", parts.ServerAddress, parts.Sessions.AcmeAdmin, overheard, cancellation),
            await McpParty.ConnectAsync("sam", "acme", parts.ServerAddress, parts.Sessions.AcmeApprover, overheard: null, cancellation),
            await McpParty.ConnectAsync("olga", "acme", parts.ServerAddress, parts.Sessions.AcmeOwner, overheard: null, cancellation),
            await McpParty.ConnectAsync("helper", "globex", parts.ServerAddress, parts.Sessions.GlobexAgent, overheard, cancellation),
        ];
        var play = new Play(parts, teller, parties[0], parties[1], parties[2], parties[3], parties[4], overheard);
        await parts.Storefront.WhatIsNewAsync(cancellation);
        await play.SkipLedgerAsync("acme", cancellation);
        await play.SkipLedgerAsync("globex", cancellation);
        return play;
    }

    public void Say(Speaker who, string text, string style = "") => teller.Say(who, text, style);

    /// <summary>An agent calls a tool; both the call and what came of it are told.</summary>
    public async Task<ToolAnswer> CallAsync(McpParty agent, string tool, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellation)
    {
        teller.Say(Speaker.Agent, $"{agent.Tenant}/{agent.Name}: {tool}({string.Join(", ", arguments.Select(argument => $"{argument.Key}: {argument.Value}"))})");
        var answer = await agent.CallAsync(tool, arguments, cancellation);
        teller.Say(Speaker.Policy, AnswerText.Of(answer), AnswerText.StyleOf(answer));
        return answer;
    }

    /// <summary>What the product received since the last time, told and returned. Read from its own journal, not from Touchstage.</summary>
    public async Task<IReadOnlyList<ReceivedRequest>> ReceivedAsync(CancellationToken cancellation)
    {
        var received = await Storefront.WhatIsNewAsync(cancellation);
        if (received.Count == 0)
        {
            teller.Say(Speaker.Api, "received nothing");
        }

        foreach (var request in received)
        {
            var by = request.Txn is null ? "no step token" : $"as {request.Scope}, step {request.Txn}";
            teller.Say(Speaker.Api, $"\t{request.Method} {request.Route} -> {request.Status}: {request.Effect}\n  account {request.Account ?? "none"}{(request.Credential is { } credential ? $" by {credential}" : "")}, {by}");
        }

        return received;
    }

    /// <summary>Tells what a tenant's ledger got since the last time.</summary>
    public async Task TellLedgerAsync(string tenant, CancellationToken cancellation)
    {
        var lines = (await Operator.LedgerAsync(tenant, cancellation)).Where(line => line.Number > told[tenant]).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        told[tenant] = lines[^1].Number;
        teller.Say(Speaker.Ledger, $"{tenant} \t{LedgerText.Of(lines)}");
    }

    /// <summary>Holds the scene to what must be; what is otherwise ends it.</summary>
    public static void Expect<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new SceneFailedException(what, $"{expected}", $"{actual}");
        }
    }

    /// <summary>Holds the scene to a text that must say something.</summary>
    public static void ExpectIn(string what, string expected, string? actual)
    {
        if (actual?.Contains(expected, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new SceneFailedException(what, $"something with '{expected}'", $"'{actual}'");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var party in (McpParty[])[Agent, Admin, Approver, Owner, Globex])
        {
            await party.DisposeAsync();
        }
    }

    private async Task SkipLedgerAsync(string tenant, CancellationToken cancellation) =>
        told[tenant] = (await Operator.LedgerAsync(tenant, cancellation)).Select(line => line.Number).DefaultIfEmpty().Max();
}
