using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>All conjuncts that hold for every one of some calls: together they are the narrowest condition of their form that covers them.</summary>
internal sealed class Atoms(ImmutableArray<ScalarPath> paths, bool isForbid)
{
    // A text with more values than this is an identifier or prose, and one value alone is chance.
    private const int MostWords = 5;
    private const int FewestOfAWord = 2;
    private const int LongestWord = 60;

    /// <summary>The conjuncts, in the order of the paths, then roles, then tenants.</summary>
    public ImmutableArray<Atom> Of(IReadOnlyList<Lesson> lessons) =>
    [
        .. paths.Where(path => path.Fact is null || (!isForbid && lessons.All(lesson => path.IsKnownIn(lesson.Call)))).Select(path => Of(path, lessons)).OfType<Atom>(),
        .. Roles(lessons),
        Tenants(lessons),
    ];

    /// <summary>The argument paths that no conjunct restricts.</summary>
    public ImmutableArray<string> Unrestricted(IReadOnlyList<Lesson> lessons) =>
        [.. paths.Where(path => path.Fact is null && Of(path, lessons) is null or { Kind: AtomKind.Presence }).Where(path => path.Fact is null && lessons.Any(lesson => IsThere(path, lesson))).Select(path => path.Text)];

    private Atom? Of(ScalarPath path, IReadOnlyList<Lesson> lessons)
    {
        var there = lessons.Count(lesson => IsThere(path, lesson));
        if (there == 0)
        {
            return path.IsOptional ? new($"!has({path.Text})", AtomKind.Presence) : null;
        }

        var isAlways = there == lessons.Count;
        // Invariant: what is sensitive lends nothing to a manifest but whether it is there.
        var restriction = path.HoldsSensitive ? null : Restriction(path, [.. lessons.Where(lesson => IsThere(path, lesson)).Select(lesson => path.ValueIn(lesson.Call))]);
        var kind = path.Fact is null ? AtomKind.Argument : AtomKind.Fact;
        return (path.IsOptional, isAlways, restriction) switch
        {
            (false, _, null) => null,
            (false, _, { } text) => new(text, kind),
            (true, true, null) => new($"has({path.Text})", AtomKind.Presence),
            (true, true, { } text) => new($"has({path.Text}) && {text}", kind),
            // Absent or restricted: of a forbid that would hold for nearly everything.
            (true, false, { } text) when !isForbid => new($"(!has({path.Text}) || {text})", kind),
            _ => null,
        };
    }

    private string? Restriction(ScalarPath path, JsonElement[] values) =>
        path.IsNumber ? path.Fact is null ? Bounds(path, values) : null
        : path.IsWord ? Words(path, values)
        : null;

    private string? Bounds(ScalarPath path, JsonElement[] values)
    {
        var numbers = values.Select(Number).ToArray();
        if (numbers.Any(number => number is null))
        {
            return null;
        }

        var (least, most) = (numbers.Min()!.Value, Rounded(path.Schema, numbers.Max()!.Value));
        var upper = isForbid || Number(path.Schema.Maximum) <= most ? null : $"{path.Text} <= {Literal(path, most)}";
        // Where the schema has no lower end of its own, "at most" would let in whatever is far below.
        var isOpen = path.Schema.Minimum is null && path.Schema.ExclusiveMinimum is null;
        var lower = (isForbid && !(Number(path.Schema.Minimum) >= least)) || (!isForbid && isOpen) ? $"{path.Text} >= {Literal(path, least)}" : null;
        return upper is not null && lower is not null ? $"({lower} && {upper})" : upper ?? lower;
    }

    private static string? Words(ScalarPath path, JsonElement[] values)
    {
        var words = values.Select(value => value.GetRawText()).ToArray();
        var distinct = words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var all = path.Schema.EnumValues?.Length ?? (path.Schema.Types is ["boolean"] ? 2 : int.MaxValue);
        var isFree = all == int.MaxValue;
        if (distinct.Length >= all
            || path.Schema.Const is not null
            || distinct.Length > (isFree ? MostWords : all)
            || (isFree && distinct.Any(word => word.Length > LongestWord || words.Count(other => other == word) < FewestOfAWord)))
        {
            return null;
        }

        return distinct is [var one] ? $"{path.Text} == {one}" : $"{path.Text} in [{string.Join(", ", distinct)}]";
    }

    private static IEnumerable<Atom> Roles(IReadOnlyList<Lesson> lessons) => lessons
        .Select(lesson => lesson.Call.Judged!.Roles.AsEnumerable())
        .Aggregate((one, other) => one.Intersect(other, StringComparer.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(role => new Atom($"{JsonSerializer.Serialize(role)} in caller.roles", AtomKind.Role));

    // Invariant: one customer's people decide nothing for another's.
    private static Atom Tenants(IReadOnlyList<Lesson> lessons)
    {
        var tenants = lessons.Select(lesson => $"\"{lesson.Call.Tenant.Value}\"").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return new(tenants is [var one] ? $"tenant.id == {one}" : $"tenant.id in [{string.Join(", ", tenants)}]", AtomKind.Tenant);
    }

    private static bool IsThere(ScalarPath path, Lesson lesson) => path.ValueIn(lesson.Call).ValueKind is not JsonValueKind.Undefined;

    // Never upward.
    private static decimal Rounded(JsonSchema schema, decimal number) =>
        schema.Publish().TryGetProperty("multipleOf", out var unit) && Number(unit) is > 0 and { } of ? decimal.Floor(number / of) * of : number;

    private static decimal? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && decimal.TryParse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;

    private static decimal? Number(JsonElement value) => Number((JsonElement?)value);

    private static string Literal(ScalarPath path, decimal number)
    {
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        return path.IsInteger || text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}
