namespace Touchstage.Safety.Capabilities;

/// <summary>What a capability may call its arguments: names that every MCP client, template and condition can spell.</summary>
internal static class ArgumentName
{
    public const int MaxLength = 64;

    public static bool IsName(string text) => text.Length is > 0 and <= MaxLength && char.IsAsciiLetter(text[0]) && text.All(IsNameCharacter);

    public static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.';
}
