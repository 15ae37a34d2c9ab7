using System.Collections.Immutable;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>A tenant's own limits as they bind one of its capabilities.</summary>
internal static class TenantLimits
{
    /// <summary>The limits that count the capability's steps; null if one cannot be worked out for it, for a limit must not be skipped.</summary>
    public static ImmutableArray<LimitDeclaration>? Bind(Tenant tenant, Capability capability)
    {
        var limits = ImmutableArray.CreateBuilder<LimitDeclaration>();
        foreach (var declared in tenant.Limits.Where(limit => IsFor(limit.For, capability)))
        {
            Condition? summand = null;
            if (declared.Sum is { } sum && (summand = Condition.Compile(sum, LimitSummand.Environment(capability.Types), CelType.Number).Condition) is null)
            {
                return null;
            }

            var measure = summand is not null ? LimitMeasure.Sum : declared.Measure == TenantLimit.Concurrent ? LimitMeasure.Concurrent : LimitMeasure.Count;
            var terms = new LimitTerms(measure, declared.Max, declared.Window, declared.IsHard, declared.Refuses);
            limits.Add(new(
                measure, summand, terms.Max, terms.Window, ["tenant"], terms.IsHard, terms.Refuses, $"tenant's {terms.Describe(declared.Sum)}{Names(declared.For)}", declared.For));
        }

        return limits.ToImmutable();
    }

    /// <summary>Whether the names, or patterns, mean the capability; none mean all.</summary>
    public static bool IsFor(ImmutableArray<string> names, Capability capability) => names.IsEmpty || names.Any(name => CapabilityPattern.Matches(name, capability));

    private static string Names(ImmutableArray<string> names) => names.IsEmpty ? "" : $" for {string.Join(", ", names)}";
}
