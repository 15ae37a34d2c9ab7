using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions.Tokens;

/// <summary>Why an access token is refused. No value of a claim is in any reason: what a stranger wrote is not repeated.</summary>
internal static class TokenRefusals
{
    public static readonly RefusalCode Invalid = RefusalCode.Define(
        "invalid_access_token", "The access token is not one of a configured issuer for this server, is not good now, or its claims name nobody who may act here.");

    public static readonly RefusalCode Insufficient = RefusalCode.Define("insufficient_scope", "The access token is good, and neither for an agent nor for an approver: its client did not ask for such a scope, or got none.");

    public static readonly RefusalCode Unavailable =
        RefusalCode.Define("issuer_unavailable", "The issuer's keys cannot be read now, so its access tokens cannot be verified. Nothing was done.");

    public static Refusal Malformed() => No("This is no signed JWT that names its key. Get a new access token.");

    public static Refusal UnknownIssuer() => No("The access token is of an issuer that is not configured here. The protected-resource metadata names those that are.");

    public static Refusal WrongAlgorithm() => No("The access token is not signed in a way that is taken here: RS, PS or ES with 256, 384 or 512, and no extensions.");

    public static Refusal WrongType() => No("This JWT is no access token: its type must be at+jwt (RFC 9068). For issuers that send JWT the operator says --oauth-plain-jwt.");

    public static Refusal WrongSignature() => No("The access token is not signed with a key that its issuer publishes. Get a new one.");

    public static Refusal WrongAudience(string resource) => No($"The access token is for another server. Ask for one with resource {resource} (RFC 8707).");

    public static Refusal NoTimes() => No("The access token does not say when it was issued and when it ends (iat, exp).");

    public static Refusal Expired() => No("The access token has expired. Get a new one.");

    public static Refusal NotYet() => No("The access token is not good yet. The clocks of its issuer and of this server differ by more than 30 seconds, or it was made for later.");

    public static Refusal TooLong() => No("The access token lives longer than 24 hours. Let its issuer give shorter ones.");

    public static Refusal Bound() => No("The access token is bound to a key of its client (cnf), which is not supported. Ask for a bearer token.");

    public static Refusal Claim(string problem) => No(problem);

    public static Refusal NoScope(string agent, string approver) => new(Insufficient, $"The access token has neither the scope {agent} nor {approver}. Ask for one of them.");

    public static Refusal NoSuchTenant(string claim) => No($"The claim {claim} names no tenant here that this issuer vouches for.");

    public static Refusal ShutOut() => No("Whoever this access token is for has been shut out here. The operator can take that back: touchstage session readmit.");

    public static Refusal TooMany() => No("This person or program came under more than 100 clients or sets of roles within a day. Use one registered client, or try again tomorrow.");

    public static Refusal IssuerSilent() => new(Unavailable, "The issuer of the access token does not answer, so the token cannot be verified. Try again in a minute; the server's log says more.");

    public static Refusal IssuerUnreadable() =>
        new(Unavailable, "What the issuer of the access token publishes is not its metadata or not a set of public keys, so the token cannot be verified. The operator finds more in the server's log.");

    private static Refusal No(string reason) => new(Invalid, reason);
}
