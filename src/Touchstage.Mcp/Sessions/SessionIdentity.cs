using System.Security.Claims;
using ModelContextProtocol;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Sessions;

/// <summary>The session that one message came in on: its key, and who it was found to be just now. Prints nothing of the key.</summary>
internal sealed class SessionIdentity : ClaimsIdentity
{
    /// <summary>The transports bind their own sessions to this claim, so it holds everything that must not change within one.</summary>
    public const string Owner = "sub";

    private readonly string? key;
    private readonly Result<Caller> caller;

    public SessionIdentity(string? key, Result<Caller> caller)
        : base(
            caller.TryGet(out var known, out _) ? [new Claim(Owner, OwnerOf(known))] : [],
            known is null ? null : "touchstage",
            Owner,
            ClaimTypes.Role) => (this.key, this.caller) = (key, caller);

    /// <summary>Why the key identifies nobody, or null.</summary>
    public Refusal? Refusal => caller.Refusal;

    /// <summary>The session of a message.</summary>
    /// <exception cref="InvalidOperationException">The message passed no door: the wiring is broken, and nothing may go on.</exception>
    public static SessionIdentity Of(ClaimsPrincipal? user) =>
        user?.Identity as SessionIdentity ?? throw new InvalidOperationException("A message reached a handler without having been identified.");

    /// <summary>Tenant, principal and kind as one text: what a transport's session belongs to.</summary>
    public static string OwnerOf(Caller caller) => $"{caller.Principal.Key}#{caller.Kind}";

    /// <summary>Who acts.</summary>
    /// <exception cref="McpProtocolException">Nobody known: the key is wrong, expired or revoked.</exception>
    public Caller Demand() =>
        caller.TryGet(out var known, out var refusal) ? known : throw new McpProtocolException(refusal.Reason, McpErrorCode.InvalidRequest);

    /// <summary>The key, for handing it to the safety library and to nothing else.</summary>
    public string? RevealKey() => key;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
