using CsCheck;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas;

/// <summary>Random JSON texts that have a canonical form.</summary>
internal static class JsonText
{
    public static readonly Gen<double> FiniteDouble = Gen.OneOf(
        Gen.Long.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
        Gen.Int.Select(i => (double)i),
        Gen.Int[-100_000, 100_000].Select(i => i / 100.0));

    public static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char['a', 'e'], 0, 4],
        Gen.String[Gen.Char["\"\\/\n\r\t\u0001\u007f\u00e9\u2028\u202e\ufb33"], 0, 5],
        Pick("😀", "pay_1", "ann@example.com", "2031-12-24", "***"));

    public static Gen<string> Any(int depth)
    {
        var scalar = Gen.OneOf(
            Pick("null", "true", "false", "-0", "1.0", "1e2", "0.10"),
            FiniteDouble.Select(CanonicalNumber.Write),
            Text.Select(CanonicalText.Quote));
        return depth == 0
            ? scalar
            : Gen.OneOf(
                scalar,
                Any(depth - 1).Array[0, 4].Select(items => $"[ {string.Join(" , ", items)} ]"),
                Gen.Select(Text, Any(depth - 1)).Array[0, 4].Select(Object));
    }

    public static Gen<string> Pick(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    public static string Object((string Name, string Value)[] members) =>
        $"{{ {string.Join(" , ", members.DistinctBy(m => m.Name).Select(m => $"{CanonicalText.Quote(m.Name)} : {m.Value}"))} }}";
}
