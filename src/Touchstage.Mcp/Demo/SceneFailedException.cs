namespace Touchstage.Mcp.Demo;

/// <summary>A scene came out otherwise than it should.</summary>
internal sealed class SceneFailedException(string what, string expected, string actual) : Exception($"{what}: expected {expected}, but it was {actual}")
{
}
