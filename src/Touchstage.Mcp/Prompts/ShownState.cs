namespace Touchstage.Mcp.Prompts;

/// <summary>What was put before whom: it travels through the client as <c>requestState</c>, sealed, and comes back with the answer.</summary>
/// <param name="Tenant">Whose approval.</param>
/// <param name="Approver">Before whom: the principal's key.</param>
/// <param name="Session">In which session.</param>
/// <param name="Prompt">By which prompt.</param>
/// <param name="Question">The name of the question that was asked.</param>
/// <param name="ApprovalId">Which approval.</param>
/// <param name="Revision">The digest of the revision that was shown.</param>
/// <param name="Nonce">Makes it good once.</param>
/// <param name="ExpiresAt">From when on it is no longer good.</param>
/// <param name="Change">The change whose preview was shown, or null.</param>
internal sealed record ShownState(
    string Tenant, string Approver, string Session, string Prompt, string Question, string ApprovalId, string Revision, string Nonce, DateTimeOffset ExpiresAt, ShownChange? Change);
