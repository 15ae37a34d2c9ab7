// expects: CS1503
using Touchstage.Safety.Steps;

internal static class MintWithoutRefresh
{
    public static Task<TokenedStep> Forge(TokenedStep.Minter minter, RecordedStep recorded) =>
        minter.MintAsync(recorded, default); // forged
}
