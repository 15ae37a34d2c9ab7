using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>An authorization that was begun and waits for the person. What it is proved with is in this process's memory only; prints as <c>***</c>.</summary>
public sealed class AuthorizationRequest
{
    private readonly string state;
    private readonly string verifier;
    private int spent;

    internal AuthorizationRequest(TenantId tenant, string connection, AuthorizationServer server, Uri address, string redirectUri, DateTimeOffset goodUntil, string state, string verifier)
    {
        Tenant = tenant;
        Connection = connection;
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

    internal AuthorizationServer Server { get; }

    internal string RedirectUri { get; }

    internal bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;

    internal string RevealState() => state;

    internal string RevealVerifier() => verifier;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
