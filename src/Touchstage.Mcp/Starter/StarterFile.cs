namespace Touchstage.Mcp.Starter;

/// <summary>A file of a new working folder.</summary>
/// <param name="Path">Where it goes, relative to the folder, with forward slashes.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record StarterFile(string Path, string Text);
