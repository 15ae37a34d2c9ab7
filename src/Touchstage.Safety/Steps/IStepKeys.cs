namespace Touchstage.Safety.Steps;

/// <summary>The public keys that API owners verify step tokens with.</summary>
public interface IStepKeys
{
    /// <summary>The JSON Web Key Set (RFC 7517) for <c>/.well-known/jwks.json</c>.</summary>
    /// <param name="cancellation">Ends the look-up.</param>
    Task<string> JwksAsync(CancellationToken cancellation);
}
