using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstage.Safety.Tests.Schemas.Generated;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>
/// Where Ajv is known to judge otherwise than the specification. Only a disagreement that cannot be made smaller is explained, and, where the parts of the instance that branches look
/// at have a say in it, only if <see cref="PlainSchema"/> judges as we do.
/// </summary>
internal static partial class AjvDifference
{
    private const int AtOnce = 2;

    private static readonly string[] InPlace = ["$ref", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"];

    private static readonly (string Reason, Func<Pair, bool> Holds)[] Known =
    [
        ("a number that no double holds exactly is refused by us and rounded by Ajv", pair => pair.Ours is { Fits: null, Why: "number" }),
        ("Ajv throws while it notes what branches have looked at", pair => IsThrown(pair) && IsPlain(pair)),
        ("Ajv's multipleOf divides doubles", IsDividedInexactly),
        ("Ajv does not come past prefixItems where an array has no more items", pair => IsShort(pair) && IsPlain(pair)),
        ("Ajv takes what contains found in the array before for what it finds in an empty one", pair => Has(pair, "contains") && Arrays(pair).Any(array => array.GetArrayLength() == 0) && IsPlain(pair)),
        ("for Ajv's unevaluatedItems contains has looked at all items or none", pair => Has(pair, "unevaluatedItems") && Has(pair, "contains") && IsPlain(pair)),
        ("Ajv's unevaluatedItems takes what some branch looks at for what those that hold do", pair => Has(pair, "unevaluatedItems") && HasBranches(pair) && IsPlain(pair)),
        ("Ajv's unevaluatedProperties takes what some branch looks at for what those that hold do", pair => Has(pair, "unevaluatedProperties") && HasBranches(pair) && IsPlain(pair)),
        ("Ajv keeps a dynamic anchor when its resource is left", pair => Has(pair, "$dynamicRef") && IsPlain(pair)),
    ];

    /// <summary>All reasons.</summary>
    public static IEnumerable<string> Reasons => Known.Select(known => known.Reason);

    /// <summary>Why they disagree; null if that is not known.</summary>
    public static string? Explain(Pair smallest) => Known.FirstOrDefault(known => known.Holds(smallest)).Reason;

    /// <summary>The same where it does not take the smallest to tell.</summary>
    public static string? ExplainAtOnce(Pair pair) => Known.Take(AtOnce).FirstOrDefault(known => known.Holds(pair)).Reason;

    private static bool IsThrown(Pair pair) => pair.Theirs.Fits is null && UndefinedMarks().IsMatch(pair.Theirs.Why);

    [GeneratedRegex("^(Cannot set properties of undefined|(props|items)[0-9]+ is not defined$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex UndefinedMarks();

    private static bool IsPlain(Pair pair) => PlainSchema.Fits(pair.Schema, pair.Instance) == pair.Ours.Fits;

    private static bool Has(Pair pair, string keyword) => Schemas(pair).Any(schema => schema.TryGetProperty(keyword, out _));

    private static bool IsShort(Pair pair) =>
        Schemas(pair).Any(schema => schema.TryGetProperty("prefixItems", out var prefix) && (schema.TryGetProperty("contains", out _) || schema.TryGetProperty("uniqueItems", out _))
            && Arrays(pair).Any(array => array.GetArrayLength() <= prefix.GetArrayLength()));

    private static bool HasBranches(Pair pair) => InPlace.Any(keyword => Has(pair, keyword));

    private static IEnumerable<JsonElement> Arrays(Pair pair) => Values(JsonElement.Parse(pair.Instance)).Where(value => value.ValueKind is JsonValueKind.Array);

    private static bool IsDividedInexactly(Pair pair) =>
        Schemas(pair).Where(schema => schema.TryGetProperty("multipleOf", out _)).Select(schema => schema.GetProperty("multipleOf").GetRawText())
            .Any(unit => Values(JsonElement.Parse(pair.Instance)).Where(value => value.ValueKind is JsonValueKind.Number).Any(number => IsDividedInexactly(number.GetRawText(), unit)));

    // Ajv asks whether `number / unit` is the number that its text begins with, up to a point or an exponent.
    private static bool IsDividedInexactly(string number, string unit)
    {
        var quotient = double.Parse(number, CultureInfo.InvariantCulture) / double.Parse(unit, CultureInfo.InvariantCulture);
        var isTheirs = quotient == Math.Truncate(quotient) && Math.Abs(quotient) < 1e21;
        var (value, step) = (Scaled(number), Scaled(unit));
        return isTheirs != (value % step == 0);
    }

    // Times ten to the hundredth: whole for every number that is generated.
    private static BigInteger Scaled(string number)
    {
        var parts = number.Split(['e', 'E']);
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, 100 + exponent - decimals);
    }

    private static IEnumerable<JsonElement> Schemas(Pair pair) => Values(JsonElement.Parse(pair.Schema)).Where(value => value.ValueKind is JsonValueKind.Object);

    private static IEnumerable<JsonElement> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Values(member.Value)).Prepend(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Values).Prepend(value),
        _ => [value],
    };
}
