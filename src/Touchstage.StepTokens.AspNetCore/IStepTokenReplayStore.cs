namespace Touchstage.StepTokens.AspNetCore;

/// <summary>
/// Remembers used tokens. The kit's own stores serve one process: in memory, or in a file (<see cref="StepTokenOptions.ReplayFile"/>). An API that runs as several
/// registers one that they share, before or after <c>AddTouchstageStepTokens</c>.
/// </summary>
public interface IStepTokenReplayStore
{
    /// <summary>
    /// Marks a token as used, in one atomic step: of any number of simultaneous calls with one id exactly one gets
    /// <see cref="StepTokenUse.First"/>, and no later one does, also after a restart. An exception refuses the request.
    /// </summary>
    /// <param name="tokenId">The token's <c>jti</c>.</param>
    /// <param name="issuedAt">
    /// The token's <c>iat</c>, in whole seconds, by the issuer's clock. A store that cannot know of every use since then answers <see cref="StepTokenUse.TooOld"/>;
    /// the two clocks may be <see cref="StepTokenFormat.ClockSkew"/> apart.
    /// </param>
    /// <param name="until">Until when it must be remembered: <c>exp</c> and the skew of 5 s. From then on it is refused as expired.</param>
    /// <returns>What is known of the token.</returns>
    ValueTask<StepTokenUse> UseAsync(string tokenId, DateTimeOffset issuedAt, DateTimeOffset until);
}
