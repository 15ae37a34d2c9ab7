using Touchstage.Mcp.Inbox.Pages;

namespace Touchstage.Mcp.Inbox;

/// <summary>What the pages are for and which keys they know.</summary>
internal static class HelpEndpoints
{
    public static void MapHelp(this RouteGroupBuilder inbox) => inbox.MapGet("/help", (HttpContext http) => PageAnswer.Of<HelpPage>(http));
}
