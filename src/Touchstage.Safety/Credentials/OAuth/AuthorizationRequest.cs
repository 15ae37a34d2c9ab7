using System.Security.Cryptography;
using System.Text;
using System.Web;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>An authorization that was begun and waits for the person. What it is proved with is in this process's memory only; prints as <c>***</c>.</summary>
public sealed class AuthorizationRequest
{
    /// <summary>How long a person has to consent.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly string state;
    private readonly string verifier;
    private int spent;

    internal AuthorizationRequest(
        TenantId tenant, string connection, string fingerprint, AuthorizationServer server, Uri address, string redirectUri, DateTimeOffset goodUntil, string state, string verifier)
    {
        Tenant = tenant;
        Connection = connection;
        Fingerprint = fingerprint;
        Server = server;
        Address = address;
        RedirectUri = redirectUri;
        GoodUntil = goodUntil;
        this.state = state;
        this.verifier = verifier;
    }

    /// <summary>Which tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>Which connection.</summary>
    public string Connection { get; }

    /// <summary>Where the person's browser is to go. It holds no secret.</summary>
    public Uri Address { get; }

    /// <summary>Until when an answer is taken.</summary>
    public DateTimeOffset GoodUntil { get; }

    /// <summary>Whether this is an answer to this very request: its state is the one that the request went out with (RFC 6749, section 10.12). Any page of a browser can send others.</summary>
    /// <param name="query">The query of the address that the browser came back with, with or without <c>?</c>.</param>
    public bool IsAnsweredBy(string query) =>
        HttpUtility.ParseQueryString(query).GetValues("state") is [{ } given] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(state));

    internal string Fingerprint { get; }

    internal AuthorizationServer Server { get; }

    internal string RedirectUri { get; }

    internal bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;

    internal string RevealVerifier() => verifier;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
