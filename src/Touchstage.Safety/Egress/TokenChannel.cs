namespace Touchstage.Safety.Egress;

/// <summary>
/// The way of an OAuth library to an authorization server. What it sends passes every guard of <see cref="EgressClient"/>: one attempt, no redirect, addresses checked at the
/// moment of connecting, a time-out and a bounded answer.
/// </summary>
internal sealed class TokenChannel(EgressClient egress)
{
    /// <summary>
    /// Opens a channel to the origin of one endpoint (scheme, host and port) and to nothing else. It throws <see cref="EgressFailedException"/> if there is no answer; a
    /// redirect is an answer. The caller disposes of it; the certificate of the target, if any, must live until then.
    /// </summary>
    public HttpMessageInvoker Open(TokenTarget target) => new(new EgressMessageHandler(egress, target));
}
