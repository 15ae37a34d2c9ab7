namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>Who somebody is, from a principal's key: parts percent-encoded and joined by <c>/</c>.</summary>
internal static class PersonText
{
    /// <summary>The subject, and for whom it acts.</summary>
    public static string Name(string principalKey) => Parts(principalKey) switch
    {
        [_, _, var subject] => subject,
        [_, _, var subject, var behalf] => $"{subject} for {behalf}",
        _ => principalKey,
    };

    /// <summary>Who vouches for it, or null for a session key of this server.</summary>
    public static string? Issuer(string principalKey) => Parts(principalKey) is [_, var issuer, ..] && issuer != "touchstage" ? issuer : null;

    private static string[] Parts(string principalKey) => [.. principalKey.Split('/').Select(Uri.UnescapeDataString)];
}
