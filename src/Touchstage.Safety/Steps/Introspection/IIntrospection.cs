namespace Touchstage.Safety.Steps.Introspection;

/// <summary>Answers API owners who ask whether a step token is good right now (RFC 7662).</summary>
public interface IIntrospection
{
    /// <summary>
    /// Says whether a token is active: this server minted it for the client's own connection, it has not expired, and its step is in flight, recorded and not settled. A client that
    /// is unknown, revoked or of a deleted tenant, and a wrong secret, are told apart by nobody, and neither are the reasons why a token is not active.
    /// </summary>
    /// <param name="clientId">The client's id, <c>icl_…</c>, as it came.</param>
    /// <param name="clientSecret">Its secret, <c>ics_…</c>, as it came.</param>
    /// <param name="token">The token, as it came.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>The answer. It throws if the store cannot be used: then nothing is known of the token.</returns>
    Task<IntrospectionAnswer> AnswerAsync(string clientId, string clientSecret, string token, CancellationToken cancellation);
}
