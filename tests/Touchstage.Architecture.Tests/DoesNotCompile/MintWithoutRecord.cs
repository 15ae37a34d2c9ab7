// expects: CS1503
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;

internal static class MintWithoutRecord
{
    public static Task<TokenedStep> Forge(TokenedStep.Minter minter, PermittedAction permitted) =>
        minter.MintAsync(permitted, default); // forged
}
