using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.TestKit;

/// <summary>What people do about approvals, in one line each.</summary>
public static class Deciding
{
    /// <summary>A new session's key, with everything that may stand behind it.</summary>
    public static async Task<string> KeyAsync(
        this TouchstageHost host, SessionKind kind, string subject, string? onBehalfOf = null, string? person = null, string tenant = "acme", string role = "support")
    {
        var request = new SessionRequest(subject, onBehalfOf, kind, [role], "test", TimeSpan.FromDays(7), person);
        return Take(await host.Services.GetRequiredService<ISessionAdministration>().CreateAsync(TouchstageHost.TenantOf(tenant), request, default)).Key.Reveal();
    }

    /// <summary>Takes a session back.</summary>
    public static async Task RevokeAsync(this TouchstageHost host, string sessionKey)
    {
        var caller = await host.CallerAsync(sessionKey);
        Take(await host.Services.GetRequiredService<ISessionAdministration>().RevokeAsync(caller.Tenant, caller.SessionId, default));
    }

    /// <summary>The approval's id of a call that waits.</summary>
    public static async Task<string> HeldAsync(this TouchstageHost host, string agent, string arguments = PayManifest.Arguments, string tool = "pay")
    {
        var outcome = await host.CallAsync(agent, tool, arguments);
        return outcome.Approval?.Id ?? throw new InvalidOperationException($"{outcome.Status} {outcome.Code}: {outcome.Reason}");
    }

    /// <summary>Decides through a door that shows and decides in one go.</summary>
    public static async Task<Result<DecisionReceipt>> VoteAsync(
        this TouchstageHost host, string approver, string id, VoteDecision vote = VoteDecision.Approve, DecisionChannel channel = DecisionChannel.Inbox, string reason = "", DecisionTag tag = DecisionTag.None)
    {
        var (desk, caller) = (host.Services.GetRequiredService<IApprovals>(), await host.CallerAsync(approver));
        return (await desk.FindAsync(caller, id, default)).TryGet(out var shown, out var refusal)
            ? await desk.DecideAsync(caller, new(id, vote, reason, channel, shown.RevisionDigest, null, tag), default)
            : refusal;
    }

    /// <summary>What a change of the arguments would come to.</summary>
    public static async Task<Result<ModificationPreview>> PreviewAsync(
        this TouchstageHost host, string approver, string id, string changes, DecisionChannel channel = DecisionChannel.Inbox, bool withCode = false) =>
        await host.Services.GetRequiredService<IModifications>().PreviewAsync(await host.CallerAsync(approver), Changing(id, changes, channel), withCode, default);

    /// <summary>Confirms a change that was previewed, by the preview's digest or by its code.</summary>
    public static async Task<Result<DecisionReceipt>> ConfirmAsync(
        this TouchstageHost host, string approver, string id, string changes, string? previewed, string? code = null, DecisionChannel channel = DecisionChannel.Inbox) =>
        await host.Services.GetRequiredService<IModifications>().ModifyAsync(await host.CallerAsync(approver), Changing(id, changes, channel), previewed, code, default);

    /// <summary>Previews a change and confirms it at once.</summary>
    public static async Task<Result<DecisionReceipt>> ModifyAsync(
        this TouchstageHost host, string approver, string id, string changes, DecisionChannel channel = DecisionChannel.Inbox) =>
        (await host.PreviewAsync(approver, id, changes, channel)).TryGet(out var preview, out var refusal)
            ? await host.ConfirmAsync(approver, id, changes, preview.RevisionDigest, null, channel)
            : refusal;

    /// <summary>The requester takes it back.</summary>
    public static async Task<Result<ApprovalView>> WithdrawAsync(this TouchstageHost host, string requester, string id, string reason = "") =>
        await host.Services.GetRequiredService<IApprovals>().WithdrawAsync(await host.CallerAsync(requester), id, reason, default);

    /// <summary>The ids in an approver's queue.</summary>
    public static async Task<IReadOnlyList<string>> QueueAsync(this TouchstageHost host, string approver) =>
        [.. (await host.Services.GetRequiredService<IApprovals>().QueueAsync(await host.CallerAsync(approver), new(null, null, false, null, 200), default)).Items.Select(item => item.Id)];

    /// <summary>Replaces the manifests by others, as an operator does who edits them.</summary>
    public static async Task ReloadAsync(this TouchstageHost host, IReadOnlyDictionary<string, string> manifests)
    {
        foreach (var (name, yaml) in manifests)
        {
            await File.WriteAllTextAsync(Path.Combine(host.Folder, "capabilities", name), yaml);
        }

        var report = await host.Services.GetRequiredService<IManifests>().ReloadAsync(default);
        if (report.Problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', report.Problems));
        }
    }

    /// <summary>What a result is, or the refusal thrown: for steps that a test takes for granted.</summary>
    public static T Take<T>(this Result<T> result)
        where T : class => result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.ToString());

    private static Modification Changing(string id, string changes, DecisionChannel channel) =>
        new(id, null, JsonElement.Parse(changes), "The rest is not owed.", DecisionTag.None, channel);
}
