using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Storage;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Storage;

/// <summary>A store on a database file of its own; any number of further stores can be opened on the same file, as further processes would.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public static readonly TenantId Acme = TenantId.Parse("acme");
    public static readonly TenantId Globex = TenantId.Parse("globex");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("touchstage-");
    private readonly EphemeralDataProtectionProvider protection = new();
    private readonly List<ServiceProvider> providers = [];
    private int ids;

    public StoreFixture()
    {
        File = Path.Combine(folder.FullName, "store.db");
        Rooms = Open();
    }

    public string File { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public DateTimeOffset Now => Time.GetUtcNow();

    public StoreRooms Rooms { get; private set; }

    public IStepJournal Journal => Rooms.Get<IStepJournal>();

    public IApprovalStore Approvals => Rooms.Get<IApprovalStore>();

    public ISessionStore Sessions => Rooms.Get<ISessionStore>();

    public ITenantStore Tenants => Rooms.Get<ITenantStore>();

    public ISecretStore Secrets => Rooms.Get<ISecretStore>();

    public ILedgerStore Ledger => Rooms.Get<ILedgerStore>();

    public IChangeFeed Changes => Rooms.Get<IChangeFeed>();

    /// <summary>A store with the tenant acme in it.</summary>
    public static async Task<StoreFixture> WithAcmeAsync()
    {
        var fixture = new StoreFixture();
        await fixture.Tenants.ApplyAsync(Acme, ATenant(Acme), default);
        return fixture;
    }

    /// <summary>What is due now.</summary>
    public async Task<IEnumerable<(DueKind Kind, string Id)>> DueAsync() => (await Rooms.Get<IDueWork>().FindAsync(Now, 10, default)).Select(item => (item.Kind, item.Id));

    /// <summary>Another store on the same file and the same key ring.</summary>
    public StoreRooms Open()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IDataProtectionProvider>(protection);
        services.AddSingleton<IKeyRing, EndlessKeyRing>();
        var provider = services.AddStorage(StoreLocation.AtPath(File)).BuildServiceProvider();
        providers.Add(provider);
        return new StoreRooms(provider);
    }

    /// <summary>Closes every store and opens the file anew.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        Rooms = Open();
    }

    public async Task CloseAsync()
    {
        foreach (var provider in providers)
        {
            await provider.DisposeAsync();
        }

        providers.Clear();
    }

    /// <summary>What somebody with the file and no scruples does.</summary>
    public async Task<int> TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Foreign Keys=False;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> LookAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Every byte on disk: the database, its log and its index.</summary>
    public string DiskText() => string.Concat(folder.GetFiles().Select(file =>
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }));

    public static Tenant ATenant(TenantId id, string name = "Acme") => new(
        id,
        name,
        JsonDocument.Parse("""{ "limit": 50.5 }""").RootElement,
        ["billing/*"],
        ImmutableSortedDictionary<string, Connection>.Empty.Add(
            "billing",
            new Connection("billing", "https://api.example.com", "https://api.example.com", false, new ConnectionAuth("api_key", ImmutableSortedDictionary<string, string>.Empty.Add("header", "X-Key")))),
        ImmutableSortedDictionary<string, Webhook>.Empty.Add(
            "ops", new Webhook("ops", "https://hooks.example.com/touchstage", false, Webhook.Standard, ["approval.pending", "approval.approved"], [])),
        [new TenantRule("forbid", "args.amount > 1000.0", "Too much.", ["refund_user"])],
        $"sha256:{name}");

    public static Principal Who(string subject, TenantId? tenant = null, string? onBehalfOf = null)
    {
        Principal.TryCreate(tenant ?? Acme, "touchstage", subject, onBehalfOf, out var principal).ShouldBeTrue();
        return principal!;
    }

    public string NextId(string prefix) => $"{prefix}_{Interlocked.Increment(ref ids):D4}";

    public async Task<SessionRecord> SessionAsync(Principal principal, SessionKind kind = SessionKind.Approver, string role = "support", TimeSpan? lasts = null, string? person = null)
    {
        var session = new SessionRecord(NextId("ses"), principal, kind, [role], "test", Now, Now + (lasts ?? TimeSpan.FromDays(30)), null, person);
        (await Sessions.AddAsync(principal.Tenant, session, $"hash-{session.Id}", default)).ShouldBe(SessionWrite.Written);
        return session;
    }

    public static LedgerDraft Draft(string kind, string subject, string? payload = null) =>
        new(kind, subject, CanonicalJson.Of(new JsonObject { ["note"] = "test" }), payload is null ? null : Json(payload), null);

    public static CanonicalJson Json(string text) => CanonicalJson.Of(JsonNode.Parse(text));

    public HoldCommand Hold(
        Principal? requester = null, string action = "sha256:action", string session = "ses_requester", int quorum = 1, int maxPending = 20, TimeSpan? expires = null, string note = "case", params ImmutableArray<EscalationDeclaration> escalations)
    {
        var id = NextId("apr");
        requester ??= Who("agent");
        var revision = new ApprovalRevision(1, $"sha256:{id}-1", action, RevisionOrigin.Proposed, null, "Refund 60 of payment pay_1", ["no_rule_matched"], Json($$"""{ "note": "{{note}}" }"""), Now);
        var approval = new ApprovalRecord(
            id, requester.Tenant, ApprovalState.Pending, requester, null, session, "refund_user", "sha256:manifest", "billing", revision, revision,
            new(["support"], escalations.IsDefault ? [] : escalations, quorum, Door.Code), [], [], Now, Now + (expires ?? TimeSpan.FromHours(24)), null, null, null, null, DecisionTag.None);
        return new HoldCommand(approval, maxPending, TimeSpan.FromHours(24), TimeSpan.FromSeconds(60), Draft(LedgerKind.ApprovalCreated, id));
    }

    /// <summary>A held approval.</summary>
    public async Task<ApprovalRecord> HeldAsync(string action = "sha256:action", int quorum = 1, string session = "ses_requester", TimeSpan? expires = null)
    {
        var receipt = await Approvals.HoldAsync(Acme, Hold(action: action, quorum: quorum, session: session, expires: expires), default);
        receipt.Kind.ShouldBe(HoldKind.Held);
        return receipt.Approval!;
    }

    /// <summary>An approval that a person has approved.</summary>
    public async Task<ApprovalRecord> ApprovedAsync(string action = "sha256:action", string session = "ses_requester")
    {
        var approval = await HeldAsync(action, session: session);
        var receipt = await Approvals.VoteAsync(Acme, Vote(approval, await SessionAsync(Who("paula"))), default);
        receipt.Kind.ShouldBe(VoteKind.Decided);
        return receipt.Approval!;
    }

    public VoteCommand Vote(ApprovalRecord approval, SessionRecord session, VoteDecision decision = VoteDecision.Approve, string? code = null, string reason = "") => new(
        approval.Id,
        new ApprovalVote(approval.Revision.Number, approval.Revision.Digest, session.Principal, session.Person, session.Id, decision, reason, DecisionTag.None, "cli", Now),
        code,
        Draft(LedgerKind.ApprovalVoted, approval.Id));

    public StepIntent Intent(
        string? action = "sha256:action", Principal? principal = null, ApprovalClaim? claim = null, TimeSpan? repeatAfter = null, TimeSpan? verifyAfter = null, params ImmutableArray<LimitUse>[] candidates)
    {
        var id = NextId("stp");
        return new StepIntent(
            id, principal ?? Who("agent"), "ses_requester", "refund_user", "refund_user", "sha256:manifest", "billing", action, repeatAfter ?? TimeSpan.FromSeconds(60), TimeSpan.FromHours(24), "Refund 60 of payment pay_1", Now,
            Now.AddSeconds(30), verifyAfter is { } after ? Now.AddSeconds(30) + after : null, candidates.Length == 0 ? [[]] : [.. candidates], claim, Draft(LedgerKind.StepRecorded, id, """{ "args": { "amount": 60 } }"""));
    }

    public StepSettlement Settle(string stepId, StepStatus status = StepStatus.Completed, bool releases = false, string note = "done") => new(
        stepId, status, Json($$"""{ "status": "{{note}}" }"""), releases, Now, Draft(LedgerKind.StepSettled, stepId));

    public static LimitUse Use(string key = "refund_user/count/agent", decimal amount = 1, decimal max = 5, bool hard = false, bool refuses = false, TimeSpan? window = null) =>
        new(key, amount, max, window ?? TimeSpan.FromHours(1), hard, refuses, $"count {max} per 1h");

    public static ApprovalClaim Claim(ApprovalRecord approval) => new(approval.Id, approval.Revision.Number, approval.Revision.Digest);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Delete(recursive: true);
    }
}
