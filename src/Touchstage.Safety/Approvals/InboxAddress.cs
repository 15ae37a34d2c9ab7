namespace Touchstage.Safety.Approvals;

/// <summary>Where people find an approval in the inbox, if the server has one that they can reach.</summary>
public sealed class InboxAddress
{
    private readonly Func<string?> baseUrl;

    /// <param name="baseUrl">The inbox, asked anew each time: a server may learn its own address only when it listens.</param>
    internal InboxAddress(Func<string?> baseUrl) => this.baseUrl = baseUrl;

    /// <summary>The page of an approval: <c>INBOX/approvals/ID</c>. Only somebody who signs in and may decide it sees anything there.</summary>
    /// <param name="approvalId">The approval's id, <c>apr_…</c>.</param>
    /// <returns>An absolute URL, or null if no inbox can be reached.</returns>
    public string? Of(string approvalId) => baseUrl() is { } url && IsBase(url) ? $"{url.TrimEnd('/')}/approvals/{Uri.EscapeDataString(approvalId)}" : null;

    internal static bool IsBase(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { UserInfo.Length: 0, Host.Length: > 0 }
        && !text.AsSpan().ContainsAny('?', '#');
}
