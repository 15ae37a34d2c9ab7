namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>A page that only says something.</summary>
/// <param name="Title">What.</param>
/// <param name="Text">The rest of it.</param>
internal sealed record MessageShown(string Title, string Text);
