// expects: CS0200
using Touchstage.Safety.Sessions;

internal static class ObjectInitialiser
{
    public static Holder Forge(Holder holder) =>
        new() { Caller = { Kind = SessionKind.Approver } }; // forged

    internal sealed class Holder
    {
        public Caller Caller { get; } = null!;
    }
}
