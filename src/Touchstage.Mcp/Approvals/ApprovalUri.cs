using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Mcp.Approvals;

/// <summary>The addresses of approvals as resources. They name no tenant: that is the session's.</summary>
internal static class ApprovalUri
{
    /// <summary>An approver's queue.</summary>
    public const string Queue = "touchstage://approvals";

    /// <summary>The template of one approval's address.</summary>
    public const string Template = "touchstage://approvals/{id}";

    private const string Prefix = Queue + "/";
    private const int MaxLabel = 120;

    public static string Of(string approvalId) => Prefix + approvalId;

    /// <summary>Reads one approval's address. No decoding, no query, no second spelling.</summary>
    public static bool TryParse(string uri, [NotNullWhen(true)] out string? approvalId)
    {
        approvalId = uri.StartsWith(Prefix, StringComparison.Ordinal) && IsId(uri[Prefix.Length..]) ? uri[Prefix.Length..] : null;
        return approvalId is not null;
    }

    /// <summary>An id as people and models give it: bare, as the resource's address, or the first word of a label.</summary>
    public static string IdFrom(string text) => TryParse(FirstWord(text), out var id) ? id : FirstWord(text);

    /// <summary>An id with what it is about, for a list to choose from; <see cref="IdFrom"/> reads it back.</summary>
    public static string Label(string approvalId, string summary)
    {
        var line = VisibleText.Line(summary);
        var end = Math.Min(line.Length, MaxLabel);
        return $"{approvalId} — {line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)]}{(end < line.Length ? "…" : "")}";
    }

    private static string FirstWord(string text) => text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? text[..end] : text;

    private static bool IsId(string text) => text.Length is >= 1 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
