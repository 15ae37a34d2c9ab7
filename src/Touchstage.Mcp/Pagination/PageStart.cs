namespace Touchstage.Mcp.Pagination;

/// <summary>What a cursor holds, sealed.</summary>
/// <param name="Owner">Whose list it is: tenant, principal and kind of session.</param>
/// <param name="List">Which list.</param>
/// <param name="After">The last item of the page before.</param>
/// <param name="At">Its place, should it have gone meanwhile.</param>
internal sealed record PageStart(string Owner, string List, string After, int At);
