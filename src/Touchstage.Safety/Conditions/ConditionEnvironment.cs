using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <summary>The variables that a condition may name, each with its type, and how strictly it is read.</summary>
internal sealed class ConditionEnvironment(IReadOnlyDictionary<string, CelType> variables)
{
    private readonly FrozenDictionary<string, ImmutableArray<Overload>> declared = FrozenDictionary<string, ImmutableArray<Overload>>.Empty;

    /// <summary>The types by the variables' names; a name may be qualified (<c>a.b</c>).</summary>
    public FrozenDictionary<string, CelType> Variables { get; } = variables.ToFrozenDictionary(StringComparer.Ordinal);

    public ConditionProfile Profile { get; init; }

    /// <summary>The namespace in which names are looked up first, such as <c>a.b</c>; empty if there is none.</summary>
    public string Container { get; init; } = "";

    /// <summary>Whether <c>has</c>, <c>all</c> and their like are macros.</summary>
    public bool HasMacros { get; init; } = true;

    /// <summary>How large a value may be; null if nothing is known, so that only a document's own limits hold.</summary>
    public IValueSizes? Sizes { get; init; }

    /// <summary>Functions beside those of the language.</summary>
    public IEnumerable<Overload> Functions
    {
        init => declared = value.GroupBy(o => o.Name, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>How large the value at a path may be.</summary>
    public ValueBounds SizeOf(ImmutableArray<string> path) => Sizes?.Of(path) ?? default;

    /// <summary>The forms of a function or operator.</summary>
    public ImmutableArray<Overload> Find(string name) => declared.GetValueOrDefault(name, []).AddRange(FunctionCatalog.Find(name, Profile));

    /// <summary>The full names that a name may stand for, innermost namespace first.</summary>
    public IEnumerable<string> Candidates(string name, bool isRooted)
    {
        for (string container = isRooted ? "" : Container; container.Length > 0; container = container[..Math.Max(0, container.LastIndexOf('.'))])
        {
            yield return $"{container}.{name}";
        }

        yield return name;
    }
}
