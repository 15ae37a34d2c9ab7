namespace Touchstage.Mcp.CommandLine;

/// <summary>The command line cannot be followed. The message says what, where and what to do, and holds no secret.</summary>
internal sealed class UsageException(string message) : Exception(message);
