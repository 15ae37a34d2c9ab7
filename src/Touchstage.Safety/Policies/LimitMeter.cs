using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Policies;

/// <summary>Works out what a call uses of a rule's limits.</summary>
internal static class LimitMeter
{
    /// <summary>The uses of all the rule's limits, or null if one cannot be worked out: the rule then failed.</summary>
    public static ImmutableArray<LimitUse>? Measure(Rule rule, PolicyInput input, string principalKey)
    {
        var uses = rule.Limits.Select(limit => Measure(limit, input, principalKey)).ToImmutableArray();
        return uses.Any(use => use is null) ? null : [.. uses.OfType<LimitUse>()];
    }

    /// <summary>The use of one limit, or null if its amount or a dimension cannot be worked out, or the amount is negative.</summary>
    public static LimitUse? Measure(LimitDeclaration limit, PolicyInput input, string principalKey)
    {
        if (Amount(limit, input) is not ({ } amount and >= 0))
        {
            return null;
        }

        // Invariant: equal keys exactly for equal capability, measure and dimension values, so a limit's history survives a change of its max or window.
        // A tenant's limit is one for all the capabilities that it names together.
        var parts = limit.Pool is { } pool
            ? new List<string> { "tenant", string.Join(' ', pool), Measured(limit) }
            : [input.Capability.Name, Measured(limit)];
        foreach (var dimension in limit.Dimensions)
        {
            if (Dimension(dimension, input, principalKey) is not { } value)
            {
                return null;
            }

            parts.Add($"{dimension}={value}");
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts)));
        return new(
            $"{(limit.Pool is null ? input.Capability.Name : "*")}:{Convert.ToHexStringLower(digest)}",
            amount,
            limit.Max,
            limit.Window,
            limit.IsHard,
            limit.RefusesInsteadOfBlocking,
            limit.Label,
            limit.Measure is LimitMeasure.Concurrent);
    }

    /// <summary>What makes two limits of one capability share their history: the measure and what it is counted by, whatever rule, max or window they have.</summary>
    public static string HistoryOf(LimitDeclaration limit) => string.Join('\n', [Measured(limit), .. limit.Dimensions]);

    private static string Measured(LimitDeclaration limit) => limit.Sum?.Text ?? (limit.Measure is LimitMeasure.Concurrent ? "concurrent" : "count");

    private static decimal? Amount(LimitDeclaration limit, PolicyInput input)
    {
        if (limit.Sum is null)
        {
            return 1;
        }

        var evaluation = limit.Sum.Evaluate(input);
        if (evaluation.Kind is not EvaluationKind.Value)
        {
            return null;
        }

        // What is below nothing is so however little, also where the decimal that it is counted as would be nothing.
        // A double's shortest round-trip digits are what RFC 8785 shows people, so the sum adds up what they saw.
        return evaluation.Value.TryGetInt(out var whole) ? whole
            : evaluation.Value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0
                && decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact
            : null;
    }

    private static string? Dimension(string dimension, PolicyInput input, string principalKey) => dimension switch
    {
        "caller" => principalKey,
        "tenant" => input.Tenant,
        _ when dimension.StartsWith("args.", StringComparison.Ordinal)
            && input.Arguments.Root.TryGetProperty(dimension.AsSpan(5), out var value) => value.GetRawText(),
        _ => null,
    };
}
