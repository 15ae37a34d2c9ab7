namespace Touchstage.Safety.Approvals;

/// <summary>What <c>permit</c> comes to.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Action">The proof, only for a permitted action.</param>
internal sealed record Permission(PermissionKind Kind, PermittedAction? Action = null);
