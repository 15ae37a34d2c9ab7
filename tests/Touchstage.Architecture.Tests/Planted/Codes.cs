namespace Touchstage.Safety.Refusals
{
    internal sealed class RefusalCode
    {
        private RefusalCode(string value, string meaning) => (Value, Meaning) = (value, meaning);

        public string Value { get; }

        public string Meaning { get; }

        public static RefusalCode Define(string value, string meaning) => new(value, meaning);
    }

    internal sealed record Refusal(RefusalCode Code, string Reason);
}

namespace Touchstage.Safety.Tenants
{
    using Touchstage.Safety.Refusals;

    internal static class TenantRefusals
    {
        public static readonly RefusalCode Loud = RefusalCode.Define("Not-Snake", "The tenant shouts.");
        public static readonly RefusalCode LoudAndClear = RefusalCode.Define("loud_and_clear", "The tenant has | in its name.");
        public static readonly RefusalCode Mute = RefusalCode.Define("mute", "");
        public static readonly RefusalCode First = RefusalCode.Define("twice", "The tenant is first.");
        public static readonly RefusalCode Second = RefusalCode.Define("twice", "The tenant is second.");
        public static readonly RefusalCode Kept = RefusalCode.Define("kept", "The tenant is kept.");
        public static readonly Refusal KeptRefusal = new(Kept, "Kept.");
        public static readonly RefusalCode Computed = RefusalCode.Define("computed" + KeptRefusal.Reason.Length, "The code is not a literal.");
        public static readonly RefusalCode Dead = RefusalCode.Define("dead", "Nobody reads it.");
        public static readonly RefusalCode DeadBesides = RefusalCode.Define("dead_besides", "Only a factory that nobody calls reads it.");

        public static Refusal IsLoud() => new(Loud, "Loud.");

        public static Refusal IsDead() => Build(DeadBesides);

        public static Refusal IsFirst() => Build(First);

        private static Refusal Build(RefusalCode code) => new(code, "Built.");
    }

    internal sealed class Tenants
    {
        public IEnumerable<object> All()
        {
            yield return TenantRefusals.IsLoud();
            yield return new Func<object>(() => TenantRefusals.LoudAndClear)();
            yield return TenantRefusals.Mute;
            yield return TenantRefusals.IsFirst();
            yield return TenantRefusals.Second;
            yield return TenantRefusals.KeptRefusal;
        }
    }
}
