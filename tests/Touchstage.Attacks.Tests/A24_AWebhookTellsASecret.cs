using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Touchstage.Attacks.Tests.Faults;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.TestKit;

namespace Touchstage.Attacks.Tests;

public sealed class A24_AWebhookTellsASecret
{
    private const string Note = "canary-card-note-5521aa";
    private const string Told = "canary-user-request-77d0e1";
    private const string Thought = "canary-reasoning-0be4c9";
    private const string Reason = "canary-reason-of-a-person-31f7";
    private const string Comment = "canary-comment-of-a-person-8c02";
    private const string Address = "canary-chat-address-6d19";

    private static readonly string[] Everything =
    [
        "approval.pending", "approval.revised", "approval.escalated", "approval.claimed", "approval.commented", "approval.approved", "approval.rejected", "approval.expired", "approval.withdrawn",
        "approval.refused", "approval.succeeded", "approval.failed", "approval.unknown",
    ];

    [Fact]
    public async Task NoSensitiveValue_NoModelsText_AndNoPersonsWords_AreInAMessage()
    {
        await using var upstream = FakeUpstream.Start(Scene.AnswerAsync);
        await using var host = await TouchstageHost.StartAsync(upstream.BaseUrl);
        await HookAsync(host, upstream);
        var (agent, approver) = (await host.AgentAsync(), await host.CallerAsync(await host.ApproverAsync()));
        var desk = host.Services.GetRequiredService<IApprovals>();

        var rejected = await HeldAsync(host, agent, "pay_1");
        (await desk.NoteAsync(approver, rejected, NoteKind.Comment, Comment, DecisionChannel.Inbox, default)).Refusal.ShouldBeNull();
        await host.DecideAsync(await host.ApproverAsync(), rejected, VoteDecision.Reject, Reason);
        var approved = await HeldAsync(host, agent, "pay_2");
        await host.DecideAsync(await host.ApproverAsync(), approved, VoteDecision.Approve, Reason);
        await host.DoDueWorkAsync();
        var withdrawn = await HeldAsync(host, agent, "pay_3");
        (await desk.WithdrawAsync(await host.CallerAsync(agent), withdrawn, Reason, default)).Refusal.ShouldBeNull();
        await HeldAsync(host, agent, "pay_4");
        host.Time.Advance(TimeSpan.FromDays(2));
        await host.DoDueWorkAsync();
        await DeliverAllAsync(host);

        var messages = upstream.Exchanges.Where(exchange => exchange.Target.StartsWith("/hooks", StringComparison.Ordinal)).ToArray();
        var told = messages.Where(exchange => exchange.Target == "/hooks/pager").Select(exchange => JsonElement.Parse(Encoding.UTF8.GetString(exchange.Body)).GetProperty("type").GetString()).Distinct();
        told.ShouldBe(
            ["approval.pending", "approval.commented", "approval.rejected", "approval.approved", "approval.succeeded", "approval.withdrawn", "approval.expired"], ignoreOrder: true);
        foreach (var canary in (string[])[Note, Told, Thought, Reason, Comment, "email_verified", "secret-of-acme"])
        {
            messages.ShouldAllBe(exchange => !Encoding.UTF8.GetString(exchange.Body).Contains(canary, StringComparison.OrdinalIgnoreCase) && !exchange.Head.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }

        // The ears work: what may be told is told.
        messages.ShouldAllBe(exchange => Encoding.UTF8.GetString(exchange.Body).Contains("pay_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AWebhooksSecret_IsInNoLogNoErrorAndNoRow_EvenIfEveryTryFails()
    {
        var heard = new Heard();
        await using var upstream = FakeUpstream.Start(exchange => exchange.Target.StartsWith("/hooks", StringComparison.Ordinal)
            ? exchange.ReplyAsync(410, "text/plain", exchange.Target)
            : Scene.AnswerAsync(exchange));
        await using var host = await TouchstageHost.StartAsync(
            upstream.BaseUrl, replace: services => services.AddSingleton<ILoggerProvider>(heard).Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace));
        await HookAsync(host, upstream);
        await HeldAsync(host, await host.AgentAsync(), "pay_1");
        await host.DeliverAsync();

        var undelivered = await host.UndeliveredAsync();
        undelivered.Dead.ShouldBe(2);
        upstream.Exchanges.ShouldContain(exchange => exchange.Target.EndsWith(Address, StringComparison.Ordinal));
        var store = Encoding.Latin1.GetString(await ReadAsync(host));
        foreach (var canary in (string[])[Address, Hooks.Key, Hooks.Key[6..]])
        {
            heard.Said.ShouldAllBe(line => !line.Contains(canary, StringComparison.Ordinal));
            JsonSerializer.Serialize(undelivered).ShouldNotContain(canary);
            store.ShouldNotContain(canary);
        }

        heard.Said.ShouldContain(line => line.Contains("was given up", StringComparison.Ordinal));
    }

    private static Task HookAsync(TouchstageHost host, FakeUpstream upstream)
    {
        var all = $"network: private, events: [{string.Join(", ", Everything)}]";
        return host.HookAsync(
            upstream.BaseUrl,
            ("pager", $"url: \"{upstream.BaseUrl}/hooks/pager\", {all}", Hooks.Key),
            ("chat", $"url: \"{upstream.BaseUrl}/hooks/chat\", format: slack, {all}", $"{upstream.BaseUrl}/hooks/chat/{Address}"));
    }

    private static async Task<string> HeldAsync(TouchstageHost host, string agent, string payment)
    {
        var outcome = await host.CallAsync(
            agent, "refund_user", $$"""{"payment_id":"{{payment}}","amount":120,"card_note":"{{Note}}"}""", new Narrative(Told, Thought));
        outcome.Status.ShouldBe(ActionStatus.PendingApproval, outcome.Reason);
        return outcome.Approval!.Id;
    }

    // A tenant has few under way at a time.
    private static async Task DeliverAllAsync(TouchstageHost host)
    {
        while ((await host.UndeliveredAsync()).Pending > 0)
        {
            await host.DeliverAsync();
        }
    }

    private static async Task<byte[]> ReadAsync(TouchstageHost host)
    {
        using var bytes = new MemoryStream();
        foreach (var file in Directory.GetFiles(Path.Combine(host.Folder, "data"), "touchstage.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await stream.CopyToAsync(bytes);
        }

        return bytes.ToArray();
    }

    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue($"{formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "")}");

        public void Dispose()
        {
        }
    }
}
