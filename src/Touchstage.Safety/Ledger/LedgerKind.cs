namespace Touchstage.Safety.Ledger;

/// <summary>The kinds of ledger entries. A kind is never renamed and never reused.</summary>
internal static class LedgerKind
{
    public const string TenantApplied = "tenant.applied";
    public const string TenantKeysRotated = "tenant.keys_rotated";
    public const string TenantDeleted = "tenant.deleted";
    public const string TenantShredded = "tenant.shredded";
    public const string SecretSet = "secret.set";
    public const string SecretRemoved = "secret.removed";
    public const string ConnectionAuthorized = "connection.authorized";
    public const string ConnectionForgotten = "connection.forgotten";
    public const string SessionCreated = "session.created";
    public const string SessionRevoked = "session.revoked";
    public const string SessionReadmitted = "session.readmitted";
    public const string SessionSignedIn = "session.signed_in";
    public const string SessionEnded = "session.ended";
    public const string IntrospectionClientCreated = "introspection_client.created";
    public const string IntrospectionClientRevoked = "introspection_client.revoked";
    public const string ActionForbidden = "action.forbidden";
    public const string ApprovalCreated = "approval.created";
    public const string ApprovalRevised = "approval.revised";
    public const string ApprovalVoted = "approval.voted";
    public const string ApprovalNoted = "approval.noted";
    public const string ApprovalEscalated = "approval.escalated";
    public const string ApprovalClosed = "approval.closed";
    public const string StepRecorded = "step.recorded";
    public const string StepSettled = "step.settled";
}
