namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>
/// Whose access tokens are taken beside session keys, and where in them it stands who acts: JWTs (RFC 9068) of configured issuers whose audience is this very server (RFC 8707).
/// Without an issuer no token is taken. Checked when the library starts, all errors at once.
/// </summary>
public sealed class TokenOptions
{
    /// <summary>The canonical URI of this server's MCP endpoint, such as <c>https://mcp.example.com/mcp</c>: what clients ask tokens for, and what a token's <c>aud</c> must hold to the letter.</summary>
    public string? Resource { get; set; }

    /// <summary>The issuers. Default: none.</summary>
    public IList<TokenIssuer> Issuers { get; } = [];

    /// <summary>The claim that names the tenant. Default: <c>tenant</c>.</summary>
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>The claim that must say <c>agent</c> or <c>approver</c>. Default: null, and then the scopes say it.</summary>
    public string? KindClaim { get; set; }

    /// <summary>The claim with the scopes: a text of words, or a list of them. Default: <c>scope</c>.</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>The scope of whoever proposes actions. Default: <c>touchstage:agent</c>.</summary>
    public string AgentScope { get; set; } = "touchstage:agent";

    /// <summary>The scope of whoever decides. Default: <c>touchstage:approver</c>.</summary>
    public string ApproverScope { get; set; } = "touchstage:approver";

    /// <summary>The claim with the roles: a text or a list of texts. Default: <c>roles</c>.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>The claim that names the person as session keys do. Default: <c>email</c>, which counts only where <c>email_verified</c> is true.</summary>
    public string PersonClaim { get; set; } = "email";

    /// <summary>The claim that names the client. Default: <c>client_id</c>.</summary>
    public string ClientClaim { get; set; } = "client_id";

    /// <summary>Whether tokens whose <c>typ</c> is <c>JWT</c> or missing are taken, too, for issuers that do not follow RFC 9068. Default: no, only <c>at+jwt</c>.</summary>
    public bool TakesPlainJwt { get; set; }
}
