using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>A type of the condition language.</summary>
internal abstract record CelType
{
    private CelType()
    {
    }

    /// <summary>The type of <c>null</c> alone.</summary>
    public static CelType Null { get; } = new Scalar("null", CelKind.Null);

    /// <summary>True or false.</summary>
    public static CelType Bool { get; } = new Scalar("bool", CelKind.Bool);

    /// <summary>A 64-bit integer.</summary>
    public static CelType Int { get; } = new Scalar("int", CelKind.Int);

    /// <summary>A 64-bit integer without sign.</summary>
    public static CelType Uint { get; } = new Scalar("uint", CelKind.Uint);

    /// <summary>An IEEE 754 double.</summary>
    public static CelType Double { get; } = new Scalar("double", CelKind.Double);

    /// <summary>Int, uint or double: what an expression for a sum may be.</summary>
    public static CelType Number { get; } = new Either();

    /// <summary>Any text.</summary>
    public static CelType String { get; } = new Text(null);

    /// <summary>Octets.</summary>
    public static CelType Bytes { get; } = new Scalar("bytes", CelKind.Bytes);

    /// <summary>A moment, from year 1 to 9999, to the nanosecond.</summary>
    public static CelType Timestamp { get; } = new Scalar("timestamp", CelKind.Timestamp);

    /// <summary>A length of time to the nanosecond, at most about 292 years.</summary>
    public static CelType Duration { get; } = new Scalar("duration", CelKind.Duration);

    /// <summary>A type as a value.</summary>
    public static CelType Type { get; } = new Scalar("type", CelKind.Type);

    /// <summary>Anything: checked when it is evaluated.</summary>
    public static CelType Dyn { get; } = new Anything(IsOpen: false);

    /// <summary>Not settled, as the elements of <c>[]</c>: it becomes whatever it is put beside, and <c>dyn</c> in the end.</summary>
    public static CelType Open { get; } = new Anything(IsOpen: true);

    /// <summary>One of a fixed set of texts.</summary>
    public static CelType Enum(IEnumerable<string> allowed) => new Text(allowed.ToImmutableSortedSet(StringComparer.Ordinal));

    public static CelType List(CelType element) => new ListOf(element);

    public static CelType Map(CelType key, CelType value) => new MapOf(key, value);

    /// <summary>A value of a type, or none: read with <c>orValue</c>, <c>hasValue</c> and their like.</summary>
    public static CelType Optional(CelType content) => new OptionalOf(content);

    /// <summary>A type that a function leaves open: the same wherever its signature names it.</summary>
    public static CelType Param(string name) => new Parameter(name);

    /// <summary>A type of which only the name and its parameters are known.</summary>
    public static CelType Named(string name, params ImmutableArray<CelType> arguments) => new NamedType(name, arguments);

    /// <summary>An object with declared members and no others.</summary>
    public static CelType Object(string name, IEnumerable<KeyValuePair<string, CelField>> fields) =>
        new ObjectOf(name, fields.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>Whether a value is of this type as far as its outermost shape tells.</summary>
    public abstract bool Holds(CelValue value);

    internal sealed record Scalar(string Name, CelKind Kind) : CelType
    {
        public override bool Holds(CelValue value) => value.Kind == Kind;

        public override string ToString() => Name;
    }

    internal sealed record Either : CelType
    {
        public override bool Holds(CelValue value) => value.Kind is CelKind.Int or CelKind.Uint or CelKind.Double;

        public override string ToString() => "number";
    }

    internal sealed record Anything(bool IsOpen) : CelType
    {
        public override bool Holds(CelValue value) => value.IsValue;

        public override string ToString() => "dyn";
    }

    internal sealed record Text(ImmutableSortedSet<string>? Allowed) : CelType
    {
        public override bool Holds(CelValue value) => value.Kind == CelKind.String && Allowed?.Contains(value.AsString) != false;

        public bool Equals(Text? other) =>
            other is not null && (Allowed is null ? other.Allowed is null : other.Allowed is not null && Allowed.SetEquals(other.Allowed));

        public override int GetHashCode() => Allowed?.Count ?? -1;

        public override string ToString() => Allowed is null ? "string" : $"string ({string.Join(", ", Allowed.Select(a => $"'{a}'"))})";
    }

    internal sealed record ListOf(CelType Element) : CelType
    {
        public override bool Holds(CelValue value) => value.Kind == CelKind.List;

        public override string ToString() => $"list({Element})";
    }

    internal sealed record MapOf(CelType Key, CelType Value) : CelType
    {
        public override bool Holds(CelValue value) => value.Kind == CelKind.Map;

        public override string ToString() => $"map({Key}, {Value})";
    }

    internal sealed record OptionalOf(CelType Content) : CelType
    {
        public override bool Holds(CelValue value) => value.Kind == CelKind.Optional;

        public override string ToString() => $"optional_type({Content})";
    }

    internal sealed record Parameter(string Name) : CelType
    {
        public override bool Holds(CelValue value) => value.IsValue;

        public override string ToString() => Name;
    }

    internal sealed record NamedType(string Name, ImmutableArray<CelType> Arguments) : CelType
    {
        public override bool Holds(CelValue value) => false;

        public bool Equals(NamedType? other) => other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

        public override string ToString() => Arguments.IsEmpty ? Name : $"{Name}({string.Join(", ", Arguments)})";
    }

    internal sealed record ObjectOf(string Name, FrozenDictionary<string, CelField> Fields) : CelType
    {
        public override bool Holds(CelValue value) => value.Kind == CelKind.Map;

        public bool Equals(ObjectOf? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

        public override string ToString() => Name;
    }
}
