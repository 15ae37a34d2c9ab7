namespace Touchstage.Mcp.Demo;

/// <summary>How the demo is to run.</summary>
/// <param name="Once">End after the story, with an exit code that says whether every scene came out as it should.</param>
/// <param name="Keep">Leave the data folder where it is at the end.</param>
/// <param name="DataDirectory">The data folder, new or empty; null for one in the temporary folder.</param>
internal sealed record DemoOptions(bool Once, bool Keep, string? DataDirectory);
