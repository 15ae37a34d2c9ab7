using System.Security.Claims;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.SignIns;

/// <summary>The person behind a request to the inbox, found out anew for this very request.</summary>
internal sealed class InboxIdentity : ClaimsIdentity
{
    // What antiforgery tokens are bound to, so a form is good in the session that it was shown in.
    private const string Session = "sub";

    public InboxIdentity(Caller caller)
        : base([new Claim(Session, $"{caller.Tenant}/{caller.SessionId}")], InboxCookie.Scheme, Session, ClaimTypes.Role) => Caller = caller;

    /// <summary>Who acts: an approver, always.</summary>
    public Caller Caller { get; }

    /// <summary>The signed-in approver.</summary>
    /// <exception cref="InvalidOperationException">The request passed no door: the wiring is broken, and nothing may go on.</exception>
    public static Caller Of(HttpContext http) =>
        Find(http)?.Caller ?? throw new InvalidOperationException("A request reached the inbox without having been identified.");

    /// <summary>The identity of the request, or null if nobody is signed in.</summary>
    public static InboxIdentity? Find(HttpContext http) => http.User.Identity as InboxIdentity;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
