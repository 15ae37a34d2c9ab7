// expects: CS1503
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Sessions;

internal static class ValidateWithoutResolve
{
    public static object Forge(ProposedAction.Validator validator, Caller caller) =>
        validator.Validate(caller, "{}", Narrative.None); // forged
}
