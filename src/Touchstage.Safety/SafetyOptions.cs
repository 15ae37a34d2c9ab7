namespace Touchstage.Safety;

/// <summary>How the safety library is set up. Checked when it starts, all errors at once.</summary>
public sealed class SafetyOptions
{
    /// <summary>The folder of the store and the Data Protection key ring. Whoever can read it administers the server. Required.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Where the store is: <c>sqlite:PATH</c>. Default: <c>touchstage.db</c> in the data directory.</summary>
    public string? Store { get; set; }

    /// <summary>The folder of capability manifests. Required.</summary>
    public string CapabilitiesDirectory { get; set; } = "";

    /// <summary>The <c>iss</c> of step tokens: what API owners configure. Default: <c>touchstage</c>.</summary>
    public string Issuer { get; set; } = "touchstage";

    /// <summary>The <c>req_wl</c> of step tokens: this server's workload id. Default: <c>touchstage</c>.</summary>
    public string Workload { get; set; } = "touchstage";

    /// <summary>How agents are connected, for the record: <c>stdio</c> or <c>http</c>. Default: <c>http</c>.</summary>
    public string Transport { get; set; } = "http";

    /// <summary>Private networks that the operator opens: <c>CIDR</c> or <c>CIDR:PORT</c>. Default: none.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>How many facts may be looked up for one principal in a minute, 1 to 10,000. Default: 60.</summary>
    public int FactLookUpsPerMinute { get; set; } = 60;

    /// <summary>
    /// The inbox as people reach it, such as <c>https://approvals.example.com/inbox</c>: absolute, http or https, without query or fragment. It may be set once more
    /// when the server knows where it listens. Default: none, and then nothing links to the inbox.
    /// </summary>
    public string? InboxUrl { get; set; }
}
