using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Sessions;

/// <summary>Reads from a verified token who acts. Whatever is missing, double or of another form is a No.</summary>
internal sealed class TokenClaims(TokenSetup setup)
{
    private const string Email = "email";
    private const int MaxRoles = 64;

    private readonly TokenOptions names = setup.Options;

    /// <summary>Who it is.</summary>
    public Result<TokenIdentity> Read(VerifiedToken token)
    {
        var claims = token.Claims;
        if (TenantOf(token) is not { } tenant)
        {
            return TokenRefusals.NoSuchTenant(names.TenantClaim);
        }

        if (claims.Text("sub") is not { } subject || claims.Text(names.ClientClaim) is not { Length: <= 255 } client || !client.All(c => c is > ' ' and < '\x7f'))
        {
            return TokenRefusals.Claim($"The claims sub and {names.ClientClaim} do not say who acts and by which client.");
        }

        if (!KindOf(claims).TryGet(out var kind, out var refusal) || !RolesOf(claims).TryGet(out var roles, out refusal) || !ActorOf(claims, token.Issuer).TryGet(out var actor, out refusal))
        {
            return refusal;
        }

        // RFC 9068, section 2.2: where no person is, the subject is the client.
        var isProgram = subject == client;
        var person = PersonOf(claims);
        if (person is null && !isProgram)
        {
            return TokenRefusals.Claim($"The claim {names.PersonClaim} does not say who the person is{(names.PersonClaim == Email ? ", or the issuer has not verified the address" : "")}.");
        }

        if (kind.Value == SessionKind.Approver && (isProgram || actor.Subject is not null || roles.IsEmpty))
        {
            return TokenRefusals.Claim(roles.IsEmpty
                ? $"The claim {names.RolesClaim} gives this approver no role that this server knows the form of."
                : "An approver is a person who decides in person: this access token is a program's own, or somebody's who acts for another.");
        }

        return Principal.TryCreate(tenant, token.Issuer, actor.Subject ?? subject, actor.Subject is null ? null : subject, out var principal)
            ? new TokenIdentity(principal, person, client, kind.Value, [.. roles.Names], token.TakenUntil)
            : TokenRefusals.Claim("The claim sub is not 1 to 255 printable ASCII characters without spaces.");
    }

    // An issuer that vouches for one tenant need not say which; what it says must be one of its own.
    private TenantId? TenantOf(VerifiedToken token)
    {
        var own = setup.Tenants[token.Issuer];
        return !token.Claims.Has(names.TenantClaim) ? own is [var only] ? only : null
            : TenantId.TryParse(token.Claims.Text(names.TenantClaim), out var named) && (own.IsEmpty || own.Contains(named)) ? named
            : null;
    }

    private Result<Known<SessionKind>> KindOf(JsonElement claims)
    {
        if (names.KindClaim is { } claim)
        {
            return claims.Text(claim) switch
            {
                "agent" => new Known<SessionKind>(SessionKind.Agent),
                "approver" => new Known<SessionKind>(SessionKind.Approver),
                _ => TokenRefusals.Claim($"The claim {claim} must say agent or approver."),
            };
        }

        if (!claims.TryTexts(names.ScopeClaim, out var texts))
        {
            return TokenRefusals.Claim($"The claim {names.ScopeClaim} is neither a text nor a list of texts.");
        }

        var scopes = texts.SelectMany(text => text.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return (scopes.Contains(names.AgentScope), scopes.Contains(names.ApproverScope)) switch
        {
            (true, false) => new Known<SessionKind>(SessionKind.Agent),
            (false, true) => new Known<SessionKind>(SessionKind.Approver),
            (true, true) => TokenRefusals.Claim($"The access token is for an agent and for an approver at once. Ask for one of the scopes {names.AgentScope} and {names.ApproverScope}."),
            _ => TokenRefusals.NoScope(names.AgentScope, names.ApproverScope),
        };
    }

    // Issuers put other groups beside our roles: what cannot be a role here is none.
    private Result<RoleNames> RolesOf(JsonElement claims) =>
        claims.TryTexts(names.RolesClaim, out var texts) && texts.Where(SessionRole.IsName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray() is { Length: <= MaxRoles } roles
            ? new RoleNames(roles)
            : TokenRefusals.Claim($"The claim {names.RolesClaim} is neither a text nor a list of texts, or has more than {MaxRoles} roles.");

    // RFC 8693, section 4.1: the subject is acted for by the outermost actor; earlier ones say nothing of access.
    private static Result<Actor> ActorOf(JsonElement claims, string issuer) => !claims.TryGetProperty("act", out var act) ? new Actor(null)
        : act.ValueKind is JsonValueKind.Object && act.Text("sub") is { } actor && (!act.Has("iss") || act.Text("iss") == issuer) ? new Actor(actor)
        : TokenRefusals.Claim("The claim act does not say who acts for the subject, or names somebody of another issuer.");

    // An address that anybody could have typed at the issuer would let one person be two, or be somebody else.
    private string? PersonOf(JsonElement claims) =>
        (names.PersonClaim != Email || (claims.TryGetProperty("email_verified", out var verified) && verified.ValueKind is JsonValueKind.True)) && claims.Text(names.PersonClaim) is { } person
            ? Principal.TryFold(person)
            : null;

    private sealed record Known<T>(T Value);

    private sealed record Actor(string? Subject);

    private sealed record RoleNames(ImmutableArray<string> Names)
    {
        public bool IsEmpty => Names.IsEmpty;
    }
}
