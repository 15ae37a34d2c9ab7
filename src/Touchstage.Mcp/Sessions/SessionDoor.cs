using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Sessions;

/// <summary>Finds out anew, for every message, who a session key belongs to.</summary>
internal sealed class SessionDoor(ICallers callers)
{
    public async Task<SessionIdentity> EnterAsync(string? key, CancellationToken cancellation) =>
        new(key, await callers.IdentifyAsync(key, cancellation));
}
