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

    public static string Of(string approvalId) => Prefix + approvalId;

    /// <summary>Reads one approval's address. No decoding, no query, no second spelling.</summary>
    public static bool TryParse(string uri, [NotNullWhen(true)] out string? approvalId)
    {
        approvalId = uri.StartsWith(Prefix, StringComparison.Ordinal) && IsId(uri[Prefix.Length..]) ? uri[Prefix.Length..] : null;
        return approvalId is not null;
    }

    /// <summary>An id as people and models give it: bare, or as the resource's address.</summary>
    public static string IdFrom(string text) => TryParse(text, out var id) ? id : text;

    private static bool IsId(string text) => text.Length is >= 1 and <= 128 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
