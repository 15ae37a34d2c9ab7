using System.Collections.Immutable;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>What a page says first: that something did not come to pass, or changed.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Text">The rest of it.</param>
/// <param name="Errors">What to mend, each with its field.</param>
internal sealed record Notice(string Title, string Text, ImmutableArray<FieldError> Errors);
