// expects: CS0200
using Touchstage.Safety.Policies;

internal static class SetProperty
{
    public static void Forge(Judgement judgement) =>
        judgement.Verdict = Verdict.Permitted; // forged
}
