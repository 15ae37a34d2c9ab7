namespace Touchstage.Mcp.Limits;

/// <summary>How much the HTTP port takes on. Each number is good from 1 to <see cref="Most"/>, minutes to <see cref="MostIdleMinutes"/>.</summary>
internal sealed record PortLimits
{
    /// <summary>The largest number that is taken for any of them.</summary>
    public const int Most = 1_000_000;

    /// <summary>The most minutes: the protocol library's own reckoning overflows past some fifteen, and then no session would ever end.</summary>
    public const int MostIdleMinutes = 15;

    public static readonly PortLimits Default = new();

    /// <summary>Connections that are open at a time.</summary>
    public int Connections { get; init; } = 1_024;

    /// <summary>Requests of one session that are under way at a time, without its streams.</summary>
    public int Calls { get; init; } = 32;

    /// <summary>Requests of one tenant that are under way at a time, without its streams.</summary>
    public int TenantCalls { get; init; } = 128;

    /// <summary>Requests of one session in a minute.</summary>
    public int CallsPerMinute { get; init; } = 1_200;

    /// <summary>Requests of one tenant in a minute.</summary>
    public int TenantCallsPerMinute { get; init; } = 6_000;

    /// <summary>Streams that one session holds open at a time.</summary>
    public int Streams { get; init; } = 16;

    /// <summary>Streams that one tenant holds open at a time.</summary>
    public int TenantStreams { get; init; } = 128;

    /// <summary>Wrong keys from one address in a minute that are answered as what they are.</summary>
    public int WrongKeysPerMinute { get; init; } = 30;

    /// <summary>Transport sessions of one principal and kind at a time.</summary>
    public int Sessions { get; init; } = 64;

    /// <summary>Transport sessions of one tenant at a time.</summary>
    public int TenantSessions { get; init; } = 512;

    /// <summary>How many minutes a transport session lives that nobody uses.</summary>
    public int IdleMinutes { get; init; } = 10;
}
