// expects: CS0122
using Touchstage.Safety.Sessions;

internal static class NewCaller
{
    public static Caller Forge(SessionRecord session) =>
        new(session); // forged
}
