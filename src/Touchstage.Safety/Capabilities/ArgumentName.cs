namespace Touchstage.Safety.Capabilities;

/// <summary>What a capability may call its arguments: names that every MCP client, template and condition can spell.</summary>
internal static class ArgumentName
{
    public const int MaxLength = 64;

    /// <summary>The id of the step that is looked up. No argument can be called that: a name never starts with <c>_</c>.</summary>
    public const string Step = "_step";

    public static bool IsName(string text) => text.Length is > 0 and <= MaxLength && char.IsAsciiLetter(text[0]) && text.All(IsNameCharacter);

    public static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.';
}
