namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>What a person had typed into a form that was not taken, so that nothing typed is lost.</summary>
/// <param name="Note">The note of an approval.</param>
/// <param name="Reason">The reason of a rejection.</param>
/// <param name="Comment">A comment.</param>
/// <param name="Tag">The name of the chosen tag, or null.</param>
internal sealed record CaseDraft(string Note, string Reason, string Comment, string? Tag)
{
    public static readonly CaseDraft Empty = new("", "", "", null);
}
