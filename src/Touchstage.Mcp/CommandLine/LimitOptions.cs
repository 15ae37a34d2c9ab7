using System.CommandLine;
using System.Globalization;
using Touchstage.Mcp.Limits;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The options of <c>serve</c> that say how much the HTTP port takes on.</summary>
internal sealed class LimitOptions
{
    private static readonly PortLimits Default = PortLimits.Default;

    private readonly Option<int?> connections = Number("--max-connections", "Connections that may be open at a time.", Default.Connections);
    private readonly Option<int?> calls = Number("--max-calls", "Requests of one session that may be under way at a time.", Default.Calls);
    private readonly Option<int?> tenantCalls = Number("--max-tenant-calls", "Requests of one tenant that may be under way at a time.", Default.TenantCalls);
    private readonly Option<int?> perMinute = Number("--calls-per-minute", "Requests of one session in a minute.", Default.CallsPerMinute);
    private readonly Option<int?> tenantPerMinute = Number("--tenant-calls-per-minute", "Requests of one tenant in a minute.", Default.TenantCallsPerMinute);
    private readonly Option<int?> streams = Number("--max-streams", "Streams that one session may hold open.", Default.Streams);
    private readonly Option<int?> tenantStreams = Number("--max-tenant-streams", "Streams that one tenant may hold open.", Default.TenantStreams);
    private readonly Option<int?> sessions = Number("--max-sessions", "MCP sessions that one principal may have open.", Default.Sessions);
    private readonly Option<int?> tenantSessions = Number("--max-tenant-sessions", "MCP sessions that one tenant may have open.", Default.TenantSessions);
    private readonly Option<int?> idle = Number("--session-idle-minutes", "Minutes after which an MCP session ends that nobody uses.", Default.IdleMinutes);
    private readonly Option<int?> wrongKeys = Number("--wrong-keys-per-minute", "Wrong keys from one address in a minute before it is told to wait.", Default.WrongKeysPerMinute);

    public IEnumerable<Option> All => [.. Numbers];

    private Option<int?>[] Numbers => [connections, calls, tenantCalls, perMinute, tenantPerMinute, streams, tenantStreams, sessions, tenantSessions, idle, wrongKeys];

    /// <summary>The limits.</summary>
    /// <exception cref="UsageException">Numbers are out of range; all of it is said at once.</exception>
    public PortLimits Read(ParseResult parse)
    {
        var wrong = Numbers.Where(option => parse.GetValue(option) is { } given && (given < 1 || given > MostOf(option))).Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Name} is a number from 1 to {MostOf(option)}.")).ToArray();
        return wrong.Length > 0
            ? throw new UsageException(string.Join(Environment.NewLine, wrong))
            : new()
            {
                Connections = parse.GetValue(connections) ?? Default.Connections,
                Calls = parse.GetValue(calls) ?? Default.Calls,
                TenantCalls = parse.GetValue(tenantCalls) ?? Default.TenantCalls,
                CallsPerMinute = parse.GetValue(perMinute) ?? Default.CallsPerMinute,
                TenantCallsPerMinute = parse.GetValue(tenantPerMinute) ?? Default.TenantCallsPerMinute,
                Streams = parse.GetValue(streams) ?? Default.Streams,
                TenantStreams = parse.GetValue(tenantStreams) ?? Default.TenantStreams,
                Sessions = parse.GetValue(sessions) ?? Default.Sessions,
                TenantSessions = parse.GetValue(tenantSessions) ?? Default.TenantSessions,
                IdleMinutes = parse.GetValue(idle) ?? Default.IdleMinutes,
                WrongKeysPerMinute = parse.GetValue(wrongKeys) ?? Default.WrongKeysPerMinute,
            };
    }

    private int MostOf(Option option) => option == idle ? PortLimits.MostIdleMinutes : PortLimits.Most;

    private static Option<int?> Number(string name, string description, int usual) =>
        new(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{description} Default: {usual}."), HelpName = "N" };
}
