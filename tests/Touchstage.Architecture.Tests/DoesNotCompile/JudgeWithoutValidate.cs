// expects: CS1503
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies;

internal static class JudgeWithoutValidate
{
    public static Task<Judgement> Forge(Judgement.Judge judge, ResolvedAction resolved, IFactSource facts) =>
        judge.JudgeAsync(resolved, facts, default); // forged
}
