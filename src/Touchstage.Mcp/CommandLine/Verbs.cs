namespace Touchstage.Mcp.CommandLine;

/// <summary>All verbs, in the order in which <c>--help</c> lists them.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyList<Verb> All =
    [
        new DemoVerb(),
        new ServeVerb(),
        new CheckVerb(),
        new TenantApplyVerb(),
        new TenantListVerb(),
        new TenantShowVerb(),
        new TenantDeleteVerb(),
        new SecretSetVerb(),
        new SecretListVerb(),
        new SecretRemoveVerb(),
        new SessionCreateVerb(),
        new SessionListVerb(),
        new SessionRevokeVerb(),
        new IntrospectionCreateVerb(),
        new IntrospectionListVerb(),
        new IntrospectionRevokeVerb(),
        new InboxOpenVerb(),
        new ApprovalsListVerb(),
        new ApprovalsShowVerb(),
        new ApprovalsApproveVerb(),
        new ApprovalsRejectVerb(),
        new ApprovalsResolveVerb(),
        new ApprovalsModifyVerb(),
        new ApprovalsCommentVerb(),
        new ApprovalsClaimVerb(),
        new ApprovalsReleaseVerb(),
        new ApprovalsRevealVerb(),
        new ApprovalsWithdrawVerb(),
        new LedgerVerifyVerb(),
        new LedgerExportVerb(),
        new ReplayVerb(),
        new WebhooksListVerb(),
        new WebhooksRetryVerb(),
        new WebhooksDropVerb(),
        new KeysListVerb(),
        new KeysRotateVerb(),
        new KeysRevokeVerb(),
        new BackupVerb(),
        new DoctorVerb(),
    ];
}
