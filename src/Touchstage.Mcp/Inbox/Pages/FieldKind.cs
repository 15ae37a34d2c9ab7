namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>How a person fills in an argument.</summary>
internal enum FieldKind
{
    /// <summary>As JSON, because no simpler field fits.</summary>
    Json,

    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Several lines of text.</summary>
    Lines,

    /// <summary>A number, whole or not.</summary>
    Number,

    /// <summary>One of the given values; yes or no is one of two.</summary>
    Choice,
}
