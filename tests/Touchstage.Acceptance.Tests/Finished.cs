namespace Touchstage.Acceptance.Tests;

/// <summary>What a process left behind.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record Finished(int ExitCode, string Output, string Error);
