using System.Collections.Frozen;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>Why an authorization server gave no access token. Nothing was sent to the API in any of these cases.</summary>
internal static class OAuthRefusals
{
    public static readonly RefusalCode Unavailable =
        RefusalCode.Define("access_token_unavailable", "The connection's authorization server gave no access token that can be used. Nothing was sent to the API.");

    public static readonly RefusalCode NotAuthorized =
        RefusalCode.Define("connection_not_authorized", "Nobody has authorized the connection at its authorization server yet, or the authorization has ended. Nothing was sent to the API.");

    public static readonly RefusalCode Denied =
        RefusalCode.Define("authorization_denied", "A connection was not authorized: the person or the server said no, or the answer was not one to this request.");

    // RFC 6749, section 5.2; RFC 8693, section 2.2.2; RFC 8707, section 2. Any other word from outside is not repeated.
    public static readonly FrozenSet<string> KnownErrors = FrozenSet.Create(
        StringComparer.Ordinal,
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_target",
        "access_denied", "unsupported_response_type", "server_error", "temporarily_unavailable", "interaction_required", "login_required", "consent_required");

    public static Refusal NotAuthorizedYet() =>
        new(NotAuthorized, "Nobody has authorized this connection at its authorization server, or the authorization has ended, so nothing was sent. The operator does it: touchstage connection authorize TENANT CONNECTION.");

    public static Refusal Failed(EgressFault fault) => Because(fault switch
    {
        EgressFault.OutsideBaseUrl => "its address may not be used: it must be https, or lie in a private network that is opened",
        EgressFault.NameNotResolved => "its host has no address",
        EgressFault.AddressRefused => "its host has an address that this server may not connect to",
        EgressFault.TlsFailed => "no secure connection to it could be made",
        EgressFault.TimedOut => "it did not answer in time",
        EgressFault.TooLarge => "its answer is too large",
        EgressFault.Encoded => "its answer is compressed or otherwise encoded, which was not asked for",
        EgressFault.Cut => "the connection to it ended before its answer was complete",
        _ => "it could not be connected to",
    });

    public static Refusal Redirected() => Because("it answered with a redirect, which is not followed");

    public static Refusal Rubbish() => Because("its answer is not one that its protocol knows");

    public static Refusal Status(int status) => Because($"it answered with HTTP status {status}");

    public static Refusal Error(string error) => Because($"it answered {Known(error)}");

    public static Refusal OtherIssuer() => Because("its metadata is that of another issuer");

    public static Refusal TokenType() => Because("the token it gave is not a bearer token");

    public static Refusal Expired() => Because("the token it gave had expired before it could be used");

    public static Refusal Busy() => Because("another server is still asking it");

    public static Refusal Unreadable() => Because("the token that is kept does not open");

    public static Refusal Elsewhere() => Because("the attempt of another call has just failed");

    public static Refusal No(string reason) => new(Denied, reason);

    /// <summary>The error, if it is a word of the specifications.</summary>
    public static string Known(string? error) => error is not null && KnownErrors.Contains(error) ? error : "an error";

    private static Refusal Because(string why) => new(Unavailable, $"The authorization server of this connection gave no access token: {why}. Nothing was sent to the API.");
}
