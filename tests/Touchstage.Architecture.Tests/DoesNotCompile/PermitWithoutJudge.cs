// expects: CS1503
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;

internal static class PermitWithoutJudge
{
    public static Permission Forge(PermittedAction.Permitter permitter, ProposedAction proposed, Grant grant) =>
        permitter.Permit(proposed, grant); // forged
}
