using System.Diagnostics.CodeAnalysis;

namespace Touchstage.StepTokens;

/// <summary>What became of a token's validation: its claims, or the first check that failed.</summary>
public sealed class StepTokenVerdict
{
    private StepTokenVerdict(StepTokenClaims? claims, string? failure)
    {
        Claims = claims;
        Failure = failure;
    }

    /// <summary>True if every check passed. The token is then good once: whether it was used before is the replay store's to say.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsValid => Claims is not null;

    /// <summary>The claims, if every check passed.</summary>
    public StepTokenClaims? Claims { get; }

    /// <summary>The code of the first check that failed, one of <see cref="StepTokenFailures"/>; null if none did.</summary>
    public string? Failure { get; }

    internal static StepTokenVerdict Valid(StepTokenClaims claims) => new(claims, null);

    internal static StepTokenVerdict Failed(string failure) => new(null, failure);
}
