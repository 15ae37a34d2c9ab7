using System.Text.Json;

namespace Touchstage.Mcp.Tests.CommandLine;

/// <summary>What a verb came to.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record Said(int ExitCode, string Output, string Error)
{
    /// <summary>All that stood on the terminal.</summary>
    public string Screen => Output + Error;

    /// <summary>The output as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Output);
}
