namespace Touchstage.Safety.Storage;

/// <summary>One role that may decide a pending approval: the index of the approvers' queues. There is none for an approval that is not pending.</summary>
internal sealed class ApprovalRoleRow
{
    public required string Tenant { get; init; }

    public required string Role { get; init; }

    public required long ExpiresAt { get; init; }

    public required string ApprovalId { get; init; }
}
