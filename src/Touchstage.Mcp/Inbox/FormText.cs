namespace Touchstage.Mcp.Inbox;

/// <summary>Reads what a browser sent, a text at a time.</summary>
internal static class FormText
{
    private const int LongestFilter = 200;

    /// <summary>A field's text with plain line feeds; empty where it did not come.</summary>
    public static string Of(IFormCollection form, string field) => Find(form, field) ?? "";

    /// <summary>A field's text with plain line feeds, or null where it did not come.</summary>
    public static string? Find(IFormCollection form, string field) => form.TryGetValue(field, out var values) ? values.ToString().ReplaceLineEndings("\n") : null;

    /// <summary>A filter from an address, or null for none.</summary>
    public static string? Filter(IQueryCollection query, string name) =>
        query[name].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestFilter)] : null;
}
