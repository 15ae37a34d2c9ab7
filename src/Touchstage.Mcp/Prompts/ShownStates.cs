using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Touchstage.Mcp.Faults;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>
/// Seals what was asked and for what, and opens it again for the same person, session, prompt and approval alone, within ten minutes, once. A client can neither read
/// nor change it, nor use it elsewhere.
/// </summary>
internal sealed class ShownStates(IDataProtectionProvider protection, ISpentStates spent, TimeProvider time)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Wrong = "requestState does not belong to this prompt, approval and session, or it is older than 10 minutes. Nothing was recorded. Start the prompt again.";

    private readonly IDataProtector protector = protection.CreateProtector("Touchstage.Mcp.Prompts.ShownState.v2");

    /// <summary>Seals that a revision, or the preview of a change of it, is put before an approver now.</summary>
    public string Issue(Caller approver, string prompt, string question, string approvalId, string revision, ShownChange? change = null) => protector.Protect(JsonSerializer.Serialize(new ShownState(
        approver.Tenant.Value,
        approver.Principal.Key,
        approver.SessionId,
        prompt,
        question,
        approvalId,
        revision,
        RandomNumberGenerator.GetHexString(32, lowercase: true),
        time.GetUtcNow() + Lifetime,
        change)));

    /// <summary>Opens what came back.</summary>
    /// <exception cref="ModelContextProtocol.McpProtocolException">It is missing, tampered with, too old, or was made for something or somebody else; which of these is not told.</exception>
    public ShownState Open(string? sealedState, Caller approver, string prompt, string approvalId)
    {
        // Invariant: whoever answers is the person in the session that it was shown to, and answers to what was shown.
        var state = Unseal(sealedState);
        return state is not null
            && state.Tenant == approver.Tenant.Value
            && state.Approver == approver.Principal.Key
            && state.Session == approver.SessionId
            && state.Prompt == prompt
            && state.ApprovalId == approvalId
            && state.ExpiresAt > time.GetUtcNow()
                ? state
                : throw ProtocolFaults.WrongArgument(Wrong);
    }

    /// <summary>Uses it up, before anything is done with the answer.</summary>
    /// <returns>False if it had been used already.</returns>
    public async Task<bool> SpendAsync(ShownState state, Caller approver, CancellationToken cancellation) =>
        await spent.SpendAsync(approver.Tenant, state.Nonce, state.ExpiresAt, cancellation) == StateSpending.Spent;

    private ShownState? Unseal(string? sealedState)
    {
        try
        {
            return sealedState is null ? null : JsonSerializer.Deserialize<ShownState>(protector.Unprotect(sealedState));
        }
        catch (Exception broken) when (broken is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
