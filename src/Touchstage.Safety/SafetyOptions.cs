using Touchstage.Safety.Sessions.Tokens;

namespace Touchstage.Safety;

/// <summary>How the safety library is set up. Checked when it starts, all errors at once.</summary>
public sealed class SafetyOptions
{
    /// <summary>The folder of the store and, unless it is put elsewhere, the key ring. Whoever can read it administers the server. Required.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Where the store is: <c>sqlite:PATH</c>. Default: <c>touchstage.db</c> in the data directory.</summary>
    public string? Store { get; set; }

    /// <summary>
    /// Where the Data Protection key ring lies, which opens what the store holds sealed: an absolute path of a folder, or <c>store</c> for the store's own table, which demands a
    /// certificate. Default: <c>keys</c> in the data directory; in production it lies elsewhere.
    /// </summary>
    public string? KeyRing { get; set; }

    /// <summary>
    /// The RSA certificates, each with its private key in PEM or PFX, that wrap the keys of the ring: <c>file:PATH</c>, the path absolute, or <c>env:NAME</c> (a PFX in base64). The
    /// first one wraps new keys and must be good today; all of them unwrap. Default: none, and the keys are in clear text wherever the ring lies.
    /// </summary>
    public IList<string> KeyCertificates { get; } = [];

    /// <summary>Where the password of the certificates' private keys is, <c>file:PATH</c> or <c>env:NAME</c>. Default: they have none.</summary>
    public string? KeyCertificatePassword { get; set; }

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

    /// <summary>Whose access tokens are taken beside session keys. Default: nobody's.</summary>
    public TokenOptions Tokens { get; } = new();
}
