namespace Touchstage.Mcp.SignIns;

/// <summary>Where the inbox is, and the doors to it.</summary>
internal static class InboxPaths
{
    public const string Root = "/inbox";

    public const string SignIn = "/inbox/sign-in";

    public const string SignOut = "/inbox/sign-out";

    /// <summary>Starts a sign-in at the organisation's provider.</summary>
    public const string ProviderSignIn = "/inbox/sign-in/provider";

    /// <summary>Where the provider sends browsers back to; it must be registered there.</summary>
    public const string Callback = "/inbox/sign-in/callback";

    /// <summary>Brings a browser that has just come back from the provider on to the inbox.</summary>
    public const string SignedIn = "/inbox/sign-in/done";

    /// <summary>The style sheet of every page.</summary>
    public const string StyleSheet = "/inbox/assets/inbox.css";

    /// <summary>The page of one approval.</summary>
    public static string ApprovalOf(string id) => $"{Root}/approvals/{Uri.EscapeDataString(id)}";

    /// <summary>A place in the inbox to go to after signing in; anything else is its first page. Invariant: no text from outside leads to another site.</summary>
    public static string Local(string? to) =>
        to is { Length: <= 512 } && (to == Root || to.StartsWith(Root + "/", StringComparison.Ordinal) || to.StartsWith(Root + "?", StringComparison.Ordinal))
        && to.All(c => c is > ' ' and < '\x7f' and not '\\') && !to.StartsWith(SignIn, StringComparison.Ordinal)
            ? to
            : Root;
}
