using System.Collections.Immutable;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>An argument as a field of a form.</summary>
/// <param name="Name">The argument's name.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Hint">What it means and what it must be; empty for nothing.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Current">What stands now, as the field would show it; null for nothing.</param>
/// <param name="Typed">What the field shows.</param>
/// <param name="Options">The values to choose from, as JSON, and what they are called.</param>
/// <param name="MaxLength">The longest text, or null.</param>
internal sealed record FormField(
    string Name,
    FieldKind Kind,
    string Label,
    string Hint,
    bool IsRequired,
    string? Current,
    string Typed,
    ImmutableArray<(string Value, string Label)> Options,
    int? MaxLength)
{
    /// <summary>The field's name in a form and its id on the page. Argument names are identifiers, so it is one as well.</summary>
    public string Id => IdOf(Name);

    /// <summary>Whether it differs from what stands.</summary>
    public bool IsChanged => Typed != (Current?.ReplaceLineEndings("\n") ?? "");

    public static string IdOf(string argument) => "arg-" + argument;
}
