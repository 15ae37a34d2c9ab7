// expects: CS1503
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Steps;

internal static class MintFromProposed
{
    public static Task<TokenedStep> Forge(TokenedStep.Minter minter, ProposedAction proposed) =>
        minter.MintAsync(proposed, default); // forged
}
