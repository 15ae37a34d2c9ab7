using System.Security.Claims;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Sessions;

/// <summary>The one session of a server on standard input and output. Prints nothing of its key.</summary>
internal sealed class StdioSession(string key)
{
    /// <summary>Identifies the key anew for each message, so expiry and revocation count at once.</summary>
    public McpMessageHandler Identify(McpMessageHandler next) => async (message, cancellation) =>
    {
        var door = (message.Services ?? message.Server.Services)!.GetRequiredService<SessionDoor>();
        message.User = new ClaimsPrincipal(await door.EnterAsync(key, cancellation));
        await next(message, cancellation);
    };

    /// <inheritdoc/>
    public override string ToString() => "***";
}
