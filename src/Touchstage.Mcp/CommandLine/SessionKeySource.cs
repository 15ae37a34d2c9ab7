using System.CommandLine;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Where a verb takes its session key from: a file or the environment, never the command line.</summary>
internal static class SessionKeySource
{
    public const string Variable = "TOUCHSTAGE_SESSION";

    /// <exception cref="UsageException">No key was given.</exception>
    public static string Read(ParseResult parse, Option<string?> file, Terminal terminal)
    {
        if (parse.GetValue(file) is { } name)
        {
            var path = Path.GetFullPath(name, terminal.CurrentDirectory);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new UsageException($"--session-file names {path}, which does not exist.");
        }

        return terminal.Environment(Variable) is { Length: > 0 } key
            ? key
            : throw new UsageException($"Deciding needs an approver's session key: set {Variable}, or name a file with --session-file FILE. An operator makes one with: touchstage session create.");
    }

    /// <summary>Does something as the approver that the key belongs to.</summary>
    public static async Task<int> AsApproverAsync(ICallers callers, string key, Terminal terminal, Func<Caller, Task<int>> work, CancellationToken cancellation)
    {
        if (!(await callers.IdentifyAsync(key, cancellation)).TryGet(out var caller, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        return caller.Kind == SessionKind.Approver
            ? await work(caller)
            : terminal.Refuse("This session key is an agent's. Approvals are read and decided under an approver's: touchstage session create TENANT --kind approver.");
    }
}
