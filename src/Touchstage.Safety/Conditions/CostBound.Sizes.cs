using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <content>How large values can get.</content>
internal sealed partial class CostBound
{
    /// <summary>What stands for the elements of a list, and for the values of a map, in the path of a value.</summary>
    public const string Element = "[]";

    private static readonly Size One = new(1, 0);

    /// <summary>The size of what nothing is known of: a whole document.</summary>
    private static readonly Size Any = new(ConditionLimits.DocumentWeight, ConditionLimits.DocumentValues);

    /// <summary>The size of a value of a type that stands at a path of the variables.</summary>
    private Size SizeOf(CelType type, ImmutableArray<string> path)
    {
        var bounds = environment.SizeOf(path);
        switch (type)
        {
            case CelType.Text { Allowed: { } allowed }:
                return TextOf(allowed.Select(a => a.Length).DefaultIfEmpty(0).Max());
            case CelType.Text or CelType.Scalar { Kind: CelKind.Bytes }:
                // A code point takes up to two units.
                return TextOf(2.0 * (bounds.MaxLength ?? ConditionLimits.DocumentLength));
            case CelType.ListOf list:
                return ManyOf(bounds.MaxItems, SizeOf(list.Element, path.Add(Element)));
            case CelType.MapOf map:
                return ManyOf(bounds.MaxProperties, SizeOf(map.Value, path.Add(Element)));
            case CelType.ObjectOf shape:
                var members = shape.Fields.ToDictionary(f => f.Key, f => SizeOf(f.Value.Type, path.Add(f.Key)), StringComparer.Ordinal);
                return new(Math.Min(ConditionLimits.DocumentWeight, 1 + members.Values.Sum(m => m.Weight)), members.Count, Members: members);
            case CelType.Anything:
                return Any;
            default:
                return One;
        }
    }

    private static Size TextOf(double units) => new(Math.Min(ConditionLimits.DocumentWeight, 1 + (units / 16)), 0);

    // Invariant: one document holds all the elements, so together they are no larger than a document may be.
    private static Size ManyOf(long? most, Size element)
    {
        double count = Math.Min(most ?? ConditionLimits.DocumentValues, ConditionLimits.DocumentValues);
        return new(Math.Min(ConditionLimits.DocumentWeight, 1 + (count * element.Weight)), count, element);
    }

    private static Size Larger(Size a, Size b) => new(Math.Max(a.Weight, b.Weight), Math.Max(a.Count, b.Count), a.Item is null || b.Item is null ? null : Larger(a.Item, b.Item));

    /// <summary>The most that a value weighs and the most elements that it has; the elements are as large as the whole where nothing tells.</summary>
    private sealed record Size(double Weight, double Count, Size? Item = null, Dictionary<string, Size>? Members = null)
    {
        public Size ElementSize => Item ?? new(Weight, Count);

        public Size Member(string name) => Members?.GetValueOrDefault(name) ?? ElementSize;

        /// <summary>No part of it larger than this.</summary>
        public Size AtMost(double weight) => new(
            Math.Min(Weight, weight), Math.Min(Count, weight), Item?.AtMost(weight), Members?.ToDictionary(m => m.Key, m => m.Value.AtMost(weight), StringComparer.Ordinal));
    }
}
