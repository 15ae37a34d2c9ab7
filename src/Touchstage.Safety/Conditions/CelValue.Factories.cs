using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Conditions;

/// <content>The ways to make a value.</content>
internal sealed partial class CelValue
{
    public static readonly CelValue Null = new(CelKind.Null, 0, null);
    public static readonly CelValue True = new(CelKind.Bool, 1, null);
    public static readonly CelValue False = new(CelKind.Bool, 0, null);

    /// <summary>The optional that holds nothing.</summary>
    public static readonly CelValue None = new(CelKind.Optional, 0, null);

    /// <summary>No value, and why: the reason names no value that was read.</summary>
    public static CelValue Failed(string reason) => new(CelKind.Failed, 0, reason);

    /// <summary>Not fetched yet; the name is what the caller fetches.</summary>
    public static CelValue Unknown(string name) => Unknown([name]);

    public static CelValue Unknown(ImmutableSortedSet<string> names) => new(CelKind.Unknown, 0, names.WithComparer(StringComparer.Ordinal));

    public static CelValue Of(bool value) => value ? True : False;

    public static CelValue Of(long value) => new(CelKind.Int, value, null);

    public static CelValue Of(ulong value) => new(CelKind.Uint, unchecked((long)value), null);

    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value), null);

    public static CelValue Of(string value) => new(CelKind.String, 0, value, 1 + (value.Length / 16));

    public static CelValue Of(ImmutableArray<byte> value) => new(CelKind.Bytes, 0, value, 1 + (value.Length / 16));

    public static CelValue Of(DateTimeOffset value) =>
        OfTimestamp((Int128)(value.UtcTicks - DateTime.UnixEpoch.Ticks) * CelTime.NanosecondsPerTick);

    /// <summary>A duration; one beyond the range of durations fails.</summary>
    public static CelValue Of(TimeSpan value) => OfDuration((Int128)value.Ticks * CelTime.NanosecondsPerTick);

    public static CelValue OfTimestamp(Int128 nanoseconds) =>
        nanoseconds < CelTime.FirstTimestamp || nanoseconds > CelTime.LastTimestamp
            ? Failed("The timestamp is outside the years 1 to 9999.")
            : new(CelKind.Timestamp, 0, nanoseconds);

    public static CelValue OfDuration(Int128 nanoseconds) =>
        nanoseconds < long.MinValue || nanoseconds > long.MaxValue
            ? Failed("The duration is too long: the most is about 292 years.")
            : new(CelKind.Duration, (long)nanoseconds, null);

    /// <summary>A type as a value, by the name that <c>type(x)</c> prints.</summary>
    public static CelValue OfType(string name) => new(CelKind.Type, 0, name);

    /// <summary>An optional that holds nothing, and is not the same object as <see cref="None"/>.</summary>
    internal static CelValue EmptyOptional() => new(CelKind.Optional, 0, null);

    /// <summary>An optional that holds a value; what failed or is unknown makes it a flaw as a whole.</summary>
    public static CelValue OptionalOf(CelValue content) =>
        content.Depth >= ConditionLimits.ValueDepth
            ? Failed("A value nests too deeply.")
            : new(CelKind.Optional, 0, content, Math.Min(content.Weight + 1, ConditionLimits.MostWeight), content.Depth + 1, content.Flaw);

    /// <summary>
    /// A JSON value read as a type. What does not fit, a missing required member, or a number beyond its type reads as an error;
    /// an absent optional member is absent. <paramref name="path"/> leads the names in messages.
    /// </summary>
    public static CelValue From(JsonElement json, CelType type, string path = "") => CelReader.Read(json, type, path);

    public static CelValue List(IEnumerable<CelValue> items)
    {
        var list = items.ToImmutableArray();
        return Nest(CelKind.List, list, list);
    }

    /// <summary>A list of texts, such as roles.</summary>
    public static CelValue Texts(IEnumerable<string> items) => List(items.Select(Of));

    /// <summary>An object: a member may be unknown or failed. An absent optional member is left out.</summary>
    public static CelValue Map(IEnumerable<KeyValuePair<string, CelValue>> members) =>
        Map(members.Select(m => KeyValuePair.Create(Of(m.Key), m.Value)));

    /// <summary>An object of these members.</summary>
    public static CelValue Map(params (string Name, CelValue Value)[] members) =>
        Map(members.Select(m => KeyValuePair.Create(Of(m.Name), m.Value)));

    /// <summary>A map; keys are texts, ints, uints or bools, and none comes twice.</summary>
    public static CelValue Map(IEnumerable<KeyValuePair<CelValue, CelValue>> entries)
    {
        var map = ImmutableDictionary.CreateBuilder<CelValue, CelValue>(MapKeyComparer.Instance);
        foreach (var (key, value) in entries)
        {
            if (key.Kind is not (CelKind.String or CelKind.Int or CelKind.Uint or CelKind.Bool))
            {
                return key.Flaw ?? Failed("A map's key is a string, an int, a uint or a bool.");
            }

            if (!map.TryAdd(key, value))
            {
                return Failed("A map has the same key twice.");
            }
        }

        var built = map.ToImmutable();
        return Nest(CelKind.Map, built, built.Values);
    }

    /// <summary>What a strict operation on these comes to before it runs, or null if every one is a value.</summary>
    public static CelValue? FirstFlaw(params ReadOnlySpan<CelValue> values)
    {
        CelValue? flaw = null;
        foreach (var value in values)
        {
            flaw = Worse(flaw, value.Flaw);
        }

        return flaw;
    }

    /// <summary>Both are needed, so a failure is final whatever the unknown turns out to be; unknowns add up.</summary>
    private static CelValue? Worse(CelValue? a, CelValue? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        return a.Kind == CelKind.Failed ? a : b.Kind == CelKind.Failed ? b : Unknown(a.Names.Union(b.Names));
    }

    private static CelValue Nest(CelKind kind, object content, IEnumerable<CelValue> members)
    {
        long weight = 1;
        int depth = 0;
        CelValue? flaw = null;
        foreach (var member in members)
        {
            // Shared members can make a value of 2^64 steps out of few; past this it is too much for anybody's budget anyway.
            weight = Math.Min(weight + member.Weight, ConditionLimits.MostWeight);
            depth = Math.Max(depth, member.Depth);
            flaw = Worse(flaw, member.Flaw);
        }

        return depth >= ConditionLimits.ValueDepth
            ? Failed("A value nests too deeply.")
            : new(kind, 0, content, weight, depth + 1, flaw);
    }
}
