using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Touchstage.Safety.Conditions;

/// <summary>An immutable value of the condition language, or the reason why there is none.</summary>
internal sealed partial class CelValue
{
    private readonly long bits;
    private readonly object? content;

    private CelValue(CelKind kind, long bits, object? content, long weight = 1, int depth = 1, CelValue? flaw = null)
    {
        Kind = kind;
        this.bits = bits;
        this.content = content;
        Weight = weight;
        Depth = depth;
        Flaw = kind is CelKind.Failed or CelKind.Unknown ? this : flaw;
    }

    public CelKind Kind { get; }

    /// <summary>Neither failed nor unknown; a member of it may still be.</summary>
    public bool IsValue => Kind is not (CelKind.Failed or CelKind.Unknown);

    /// <summary>What stands in the way of using the value as a whole: itself or a member that failed or is unknown; else null.</summary>
    public CelValue? Flaw { get; }

    /// <summary>How many steps it costs to walk over the value.</summary>
    public long Weight { get; }

    /// <summary>How deeply lists and maps nest in it.</summary>
    public int Depth { get; }

    public bool AsBool => bits != 0;

    public long AsInt => bits;

    public ulong AsUint => unchecked((ulong)bits);

    public double AsDouble => BitConverter.Int64BitsToDouble(bits);

    public string AsString => (string)content!;

    public ImmutableArray<byte> AsBytes => (ImmutableArray<byte>)content!;

    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public Int128 AsTimestamp => (Int128)content!;

    /// <summary>Nanoseconds.</summary>
    public long AsDuration => bits;

    public ImmutableArray<CelValue> AsList => (ImmutableArray<CelValue>)content!;

    public ImmutableDictionary<CelValue, CelValue> AsMap => (ImmutableDictionary<CelValue, CelValue>)content!;

    /// <summary>The name of the type that the value is, as <c>type(x)</c> prints it.</summary>
    public string AsTypeName => (string)content!;

    /// <summary>What the optional holds, or null if it is none.</summary>
    public CelValue? AsOptional => (CelValue?)content;

    /// <summary>Why the value failed.</summary>
    public string Message => (string)content!;

    /// <summary>What must be fetched to know the value.</summary>
    public ImmutableSortedSet<string> Names => (ImmutableSortedSet<string>)content!;

    public bool TryGetBool(out bool value)
    {
        value = Kind == CelKind.Bool && AsBool;
        return Kind == CelKind.Bool;
    }

    public bool TryGetInt(out long value)
    {
        value = Kind == CelKind.Int ? AsInt : 0;
        return Kind == CelKind.Int;
    }

    public bool TryGetDouble(out double value)
    {
        value = Kind == CelKind.Double ? AsDouble : double.NaN;
        return Kind == CelKind.Double;
    }

    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        value = Kind == CelKind.String ? AsString : null;
        return value is not null;
    }

    /// <summary>A member of a map, or null if it has none of that key; a failed or unknown value is its own member.</summary>
    public CelValue? Member(CelValue key)
    {
        if (!IsValue)
        {
            return this;
        }

        // A double finds the int or uint it equals exactly: keys are equal as `==` says.
        var sought = key.Kind != CelKind.Double ? key
            : CelOrder.TryExactInt(key.AsDouble, out long whole) ? Of(whole)
            : CelOrder.TryExactUint(key.AsDouble, out ulong natural) ? Of(natural) : key;
        return AsMap.GetValueOrDefault(sought);
    }

    /// <summary>JSON text of the value, for people; never its way back.</summary>
    public override string ToString() => CelJson.Write(this);
}
