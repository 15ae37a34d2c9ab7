namespace Touchstage.Mcp.Demo;

/// <summary>The session keys of everybody who plays. Prints none of them.</summary>
internal sealed class DemoSessions(string acmeAgent, string acmeAdmin, string acmeApprover, string acmeOwner, string globexAgent)
{
    /// <summary>Acme's helper: an agent with the role member.</summary>
    public string AcmeAgent { get; } = acmeAgent;

    /// <summary>Acme's night run: an agent with the role admin.</summary>
    public string AcmeAdmin { get; } = acmeAdmin;

    /// <summary>Sam of Acme's support: a person who decides.</summary>
    public string AcmeApprover { get; } = acmeApprover;

    /// <summary>Olga, who owns Acme's projects: a person who decides.</summary>
    public string AcmeOwner { get; } = acmeOwner;

    /// <summary>Globex's helper: an agent of the other tenant.</summary>
    public string GlobexAgent { get; } = globexAgent;

    public IEnumerable<string> All => [AcmeAgent, AcmeAdmin, AcmeApprover, AcmeOwner, GlobexAgent];

    /// <inheritdoc/>
    public override string ToString() => "***";
}
