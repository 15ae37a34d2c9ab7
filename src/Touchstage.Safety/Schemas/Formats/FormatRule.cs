namespace Touchstage.Safety.Schemas.Formats;

/// <summary>Whether a text is of a format: no text makes it throw, and its time is linear in the text's length.</summary>
internal delegate bool FormatRule(ReadOnlySpan<char> text);
