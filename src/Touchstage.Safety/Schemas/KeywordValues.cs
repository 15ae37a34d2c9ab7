using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>Reads the values of one schema's keywords, and tells what is wrong with them.</summary>
internal abstract class KeywordValues(SchemaLocation location, SchemaOptions options, ImmutableArray<Problem>.Builder problems)
{
    private const int MaxPatternLength = 2_000;

    /// <summary>Where the schema is written.</summary>
    protected SchemaLocation Location => location;

    /// <summary>How it is read.</summary>
    protected SchemaOptions Options => options;

    /// <summary>The schemas that a keyword holds, by their names or places.</summary>
    protected IEnumerable<(string Name, SchemaLocation Part)> Members(string keyword, JsonElement value)
    {
        var around = Location.Part(keyword, value);
        return value.ValueKind is JsonValueKind.Object
            ? value.EnumerateObject().Select(member => (member.Name, around.Part(member.Name, member.Value)))
            : value.EnumerateArray().Select((item, index) => index.ToString(CultureInfo.InvariantCulture) is var name ? (name, around.Part(name, item)) : default);
    }

    /// <summary>Tells what is wrong with a keyword.</summary>
    protected void Wrong(string keyword, string message) => problems.Add(new(location.Path + Pointer.Join(keyword), keyword, message));

    /// <summary>Tells that what stands here is no schema at all.</summary>
    protected void NoSchema() => problems.Add(new(location.Path, "schema", "A schema is an object, true or false."));

    /// <summary>The value of <c>type</c>; none if it is wrong, which is told.</summary>
    protected ImmutableArray<string> Types(JsonElement value)
    {
        ImmutableArray<JsonElement> named = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        var types = named.Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!).ToImmutableArray();
        var isRight = types.Length == named.Length && !types.IsEmpty && types.All(t => TypeKeyword.Known.Contains(t, StringComparer.Ordinal))
            && types.Distinct(StringComparer.Ordinal).Count() == types.Length;
        return Expect(isRight, "type", $"one of {string.Join(", ", TypeKeyword.Known)}, or an array of different ones of them") ? types : [];
    }

    /// <summary>Property names.</summary>
    protected ImmutableArray<string>? Names(string keyword, JsonElement value)
    {
        var isRight = value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String)
            && value.EnumerateArray().Select(n => n.GetString()).Distinct(StringComparer.Ordinal).Count() == value.GetArrayLength();
        return Expect(isRight, keyword, "an array of different property names") ? [.. value.EnumerateArray().Select(n => n.GetString()!)] : null;
    }

    /// <summary>A regular expression that can be enforced.</summary>
    protected Pattern? PatternOf(string keyword, JsonElement value)
    {
        if (!Expect(
            value.ValueKind == JsonValueKind.String && value.GetString()!.Length <= MaxPatternLength, keyword,
            string.Create(CultureInfo.InvariantCulture, $"a regular expression of at most {MaxPatternLength} characters")))
        {
            return null;
        }

        var (pattern, why) = Pattern.Compile(value.GetString()!);
        if (pattern is null)
        {
            Wrong(keyword, $"The pattern cannot be enforced: {why}");
        }

        return pattern;
    }

    /// <summary>How many; a count past any text that is accepted is as good as the largest one.</summary>
    protected long? Count(string name, JsonElement value)
    {
        var isCount = value.ValueKind is JsonValueKind.Number && ExactNumber.Of(value) is { IsInteger: true, Mantissa: >= 0 };
        return Expect(isCount, name, "a whole number of at least 0") ? (long)Math.Min(ExactNumber.Of(value).ToDouble(), int.MaxValue) : null;
    }

    /// <summary>Whether it is there and true.</summary>
    protected bool Flag(string name, JsonElement value) =>
        Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, name, "true or false") && value.ValueKind == JsonValueKind.True;

    /// <summary>Tells what a keyword's value must be, unless it is.</summary>
    protected bool Expect(bool holds, string keyword, string expected)
    {
        if (!holds)
        {
            Wrong(keyword, $"`{keyword}` must be {expected}.");
        }

        return holds;
    }
}
