namespace Touchstage.Safety.Sessions;

/// <summary>The form of a role's name.</summary>
internal static class SessionRole
{
    public static bool IsName(string text) => text is { Length: >= 1 and <= 64 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
