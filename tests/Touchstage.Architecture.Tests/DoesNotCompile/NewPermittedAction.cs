// expects: CS0122
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Policies;

internal static class NewPermittedAction
{
    public static PermittedAction Forge(Judgement forbidden) =>
        new(forbidden.Action, forbidden, null, null, forbidden.Action.Request, forbidden.Action.MaskedRequest, []); // forged
}
