using System.Collections.Immutable;
using Touchstage.Safety.Actions;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.Safety.Upstream;

// What the forgers of DoesNotCompile/ would do, done in the one order that compiles.
internal static class HonestWay
{
    public static async Task<UpstreamAnswer?> RunAsync(
        Caller.Identifier identifier,
        ResolvedAction.Resolver resolver,
        ProposedAction.Validator validator,
        Judgement.Judge judge,
        IFactSource facts,
        PermittedAction.Permitter permitter,
        RecordedStep.Recorder recorder,
        RefreshedStep.Refresher refresher,
        TokenedStep.Minter minter,
        OpenedConnection.Vault vault,
        UpstreamSender sender,
        ActionCall call,
        CancellationToken cancellation)
    {
        if (!(await identifier.IdentifyAsync("key", cancellation)).TryGet(out var caller, out _) ||
            !(await resolver.ResolveAsync(caller, call.Tool, cancellation)).TryGet(out var resolved, out _) ||
            !validator.Validate(resolved, call.ArgumentsJson, call.Narrative).TryGet(out var proposed, out _) ||
            permitter.Permit(await judge.JudgeAsync(proposed, facts, cancellation), grant: null).Action is not { } permitted ||
            (await recorder.RecordAsync(permitted, cancellation)).Step is not { } recorded ||
            !(await refresher.RefreshAsync(recorded, cancellation)).TryGet(out var refreshed, out _) ||
            !(await vault.OpenAsync(await minter.MintAsync(refreshed, cancellation), cancellation)).TryGet(out var opened, out _))
        {
            return null;
        }

        return await sender.SendAsync(opened, cancellation);
    }

    public static Task<ApprovalRecord?> FindAsync(IApprovalStore approvals, TenantId tenant, CancellationToken cancellation) => approvals.FindAsync(tenant, "apr_1", cancellation);

    public static Task<StepRecord?> FindAsync(IStepJournal steps, TenantId tenant, CancellationToken cancellation) => steps.FindAsync(tenant, "stp_1", cancellation);

    public static ImmutableArray<string> Read(Caller caller) => caller.Roles;
}
