using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>What asking for a token came to.</summary>
/// <param name="Answer">The tokens, or null.</param>
/// <param name="No">Why there are none, exactly if there are none.</param>
/// <param name="IsGrantDead">Whether the server said <c>invalid_grant</c>: what it was asked with is good for nothing any more.</param>
internal sealed record TokenResult(TokenAnswer? Answer, Refusal? No, bool IsGrantDead);
