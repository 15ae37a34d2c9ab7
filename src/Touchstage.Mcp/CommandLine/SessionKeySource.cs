using System.CommandLine;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Where a verb takes its session key from: a file or the environment, never the command line.</summary>
internal static class SessionKeySource
{
    public const string Variable = "TOUCHSTAGE_SESSION";

    /// <exception cref="UsageException">No key was given.</exception>
    public static string Read(ParseResult parse, Option<string?> file, Terminal terminal, string need = "Deciding needs an approver's session key")
    {
        if (parse.GetValue(file) is { } name)
        {
            var path = Path.GetFullPath(name, terminal.CurrentDirectory);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new UsageException($"--session-file names {path}, which does not exist.");
        }

        return terminal.Environment(Variable) is { Length: > 0 } key
            ? key
            : throw new UsageException($"{need}: set {Variable}, or name a file with --session-file FILE. An operator makes one with: touchstage session create.");
    }

    /// <summary>Does something as the approver that the key belongs to.</summary>
    public static Task<int> AsApproverAsync(ICallers callers, string key, Terminal terminal, Func<Caller, Task<int>> work, CancellationToken cancellation) => AsAsync(
        SessionKind.Approver,
        "This session key is an agent's. Approvals are read and decided under an approver's: touchstage session create TENANT --kind approver.",
        callers, key, terminal, work, cancellation);

    /// <summary>Does something as the agent that the key belongs to.</summary>
    public static Task<int> AsAgentAsync(ICallers callers, string key, Terminal terminal, Func<Caller, Task<int>> work, CancellationToken cancellation) => AsAsync(
        SessionKind.Agent,
        "This session key is an approver's. Only whoever asked takes it back, under the agent's key; approvers say no: touchstage approvals reject ID --reason TEXT.",
        callers, key, terminal, work, cancellation);

    private static async Task<int> AsAsync(
        SessionKind kind, string otherwise, ICallers callers, string key, Terminal terminal, Func<Caller, Task<int>> work, CancellationToken cancellation)
    {
        if (!(await callers.IdentifyAsync(key, cancellation)).TryGet(out var caller, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        return caller.Kind == kind ? await work(caller) : terminal.Refuse(otherwise);
    }
}
