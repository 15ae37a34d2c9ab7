using System.Collections.Immutable;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Proof of <c>identify</c>: who acts in a session, from the session alone. Only the identifier makes one.</summary>
public sealed partial class Caller
{
    private Caller(SessionRecord session)
    {
        SessionId = session.Id;
        Principal = session.Principal;
        Kind = session.Kind;
        Roles = [.. session.Roles.Order(StringComparer.Ordinal)];
        Client = session.Client;
        Person = session.Person;
    }

    /// <summary>The session's id.</summary>
    public string SessionId { get; }

    /// <summary>The tenant: the hard boundary of everything this caller can reach.</summary>
    public TenantId Tenant => Principal.Tenant;

    /// <summary>Who.</summary>
    public Principal Principal { get; }

    /// <summary>Whether it may propose (agent) or decide (approver).</summary>
    public SessionKind Kind { get; }

    /// <summary>Its roles in ordinal order.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>The program, as named when the session was created.</summary>
    public string Client { get; }

    /// <summary>The person its session is linked to beside its subject, or null.</summary>
    public string? Person { get; }

    /// <summary>The people who may be behind it.</summary>
    internal People People => People.Behind(Principal, Person);
}
