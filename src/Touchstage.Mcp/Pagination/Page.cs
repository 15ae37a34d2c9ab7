namespace Touchstage.Mcp.Pagination;

/// <summary>A part of a list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="NextCursor">Where the next page begins; null for the last one.</param>
internal sealed record Page<T>(IList<T> Items, string? NextCursor);
