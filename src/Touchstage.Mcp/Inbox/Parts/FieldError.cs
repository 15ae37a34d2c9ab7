namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>What is wrong with one field of a form.</summary>
/// <param name="Field">The id of the field, or null where no single field is wrong.</param>
/// <param name="Text">What is wrong and what to do.</param>
internal sealed record FieldError(string? Field, string Text);
