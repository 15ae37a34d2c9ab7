using System.Text.Json.Nodes;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>
/// Writes one well-formed schema. References lead to the root and to what stands under <c>$defs</c>; for the same value only to later definitions, so that none comes back to itself
/// without progress.
/// </summary>
internal sealed class RandomSchema
{
    private const string Base = "https://example.com/";

    private readonly Dice dice;
    private readonly List<(string Reference, int Rank)> references = [];
    private readonly bool isNamed;
    private readonly bool isDynamic;

    private RandomSchema(Dice dice)
    {
        this.dice = dice;
        isDynamic = dice.Chance(12);
        isNamed = isDynamic || dice.Chance(10);
    }

    /// <summary>A schema, and what its references lead to.</summary>
    public static (JsonNode Root, IReadOnlyDictionary<string, JsonNode> Targets) Write(Dice dice, int depth) => new RandomSchema(dice).Document(depth);

    private (JsonNode Root, IReadOnlyDictionary<string, JsonNode> Targets) Document(int depth)
    {
        var count = isDynamic ? dice.Between(1, 3) : dice.Chance(50) ? 0 : dice.Between(1, 3);
        var places = Enumerable.Range(0, count).Select(Definition).ToArray();
        var rootName = isNamed ? Base + "root" : "";
        references.Add((rootName + "#", -1));
        references.AddRange(places.SelectMany(place => place.References.Select(reference => (reference, place.Rank))));

        var isAnchored = isDynamic && dice.Chance(70);
        var root = count == 0 ? Schema(new(-1, false, depth, false)) : Named(new(-1, false, depth, isAnchored));
        var targets = new Dictionary<string, JsonNode>(StringComparer.Ordinal) { [rootName + "#"] = root };
        if (root is not JsonObject keywords)
        {
            return (root, targets);
        }

        if (isNamed)
        {
            keywords["$id"] = rootName;
        }

        if (isAnchored)
        {
            keywords["$dynamicAnchor"] = "d";
        }

        var definitions = new JsonObject();
        foreach (var place in places)
        {
            var definition = Named(new(place.Rank, false, Math.Max(1, depth - 1), place.IsAnchored));
            foreach (var (keyword, value) in place.Names)
            {
                definition[keyword] = value;
            }

            definitions[place.Name] = definition;
            foreach (var reference in place.References)
            {
                targets[reference] = definition;
            }
        }

        if (count > 0)
        {
            keywords["$defs"] = definitions;
            targets["#d"] = isAnchored ? root : definitions.First().Value!;
        }

        return (root, targets);
    }

    // What a definition will be called, and how one may refer to it from everywhere.
    private (string Name, int Rank, (string, string)[] Names, string[] References, bool IsAnchored) Definition(int rank)
    {
        var name = "xyz"[rank].ToString();
        var document = isNamed ? Base + "root" : "";
        if (isDynamic && dice.Chance(60))
        {
            return (name, rank, [("$id", Base + name), ("$dynamicAnchor", "d")], [$"{Base}{name}", $"{Base}{name}#d"], true);
        }

        return dice.Below(5) switch
        {
            0 => (name, rank, [("$anchor", "n" + name)], [$"{document}#n{name}", $"{document}#/$defs/{name}"], false),
            1 when !isDynamic => (name, rank, [("$dynamicAnchor", "n" + name)], [$"{document}#n{name}"], false),
            _ => (name, rank, [], [$"{document}#/$defs/{name}"], false),
        };
    }

    private JsonObject Named(Place place)
    {
        while (true)
        {
            if (Schema(place) is JsonObject keywords)
            {
                return keywords;
            }
        }
    }

    private JsonNode Schema(Place place)
    {
        if (dice.Chance(place.Depth == 0 ? 15 : 5))
        {
            return JsonValue.Create(dice.Chance(70));
        }

        var keywords = new JsonObject();
        var theme = ThemeOf(place);
        if (theme != "any" && dice.Chance(55))
        {
            keywords["type"] = Types(theme);
        }

        for (var more = theme == "any" ? dice.Below(2) : dice.Between(1, 3); more > 0; more--)
        {
            switch (theme)
            {
                case "object": new ObjectKeywords(this, place, keywords).Add(); break;
                case "array": new ArrayKeywords(this, place, keywords).Add(); break;
                case "string": AddOfString(keywords); break;
                case "number": AddOfNumber(keywords); break;
                default: AddOfAny(keywords); break;
            }
        }

        for (var more = place.Depth == 0 ? 0 : dice.Below(theme == "any" ? 4 : 3); more > 0; more--)
        {
            AddBranches(place with { Depth = place.Depth - 1, Theme = theme }, keywords);
        }

        AddUnevaluated(place, theme, keywords);
        AddAnnotation(keywords);
        return keywords;
    }

    // Branches mostly speak of the same kind of value as what is around them: else next to nothing fits.
    private string ThemeOf(Place place) => place.Theme is { } theme && dice.Chance(75) && (place.Depth > 0 || theme is not ("object" or "array")) ? theme
        : (place.Depth == 0 ? dice.Between(7, 9) : dice.Below(10)) switch { < 4 => "object", < 7 => "array", 7 => "string", 8 => "number", _ => "any" };

    private JsonNode Types(string theme)
    {
        var type = theme == "number" && dice.Chance(50) ? "integer" : theme;
        return dice.Chance(80) ? type : new JsonArray([.. dice.Some(Words.Types, 25).Append(type).Distinct().Select(name => JsonValue.Create(name))]);
    }

    private void AddOfString(JsonObject keywords)
    {
        switch (dice.Below(4))
        {
            case 0: keywords["minLength"] = dice.Below(3); break;
            case 1: keywords["maxLength"] = dice.Below(4); break;
            case 2: keywords["pattern"] = dice.Pick(Words.Patterns).Pattern; break;
            default: keywords["format"] = dice.Pick(Words.Formats).Format; break;
        }
    }

    private void AddOfNumber(JsonObject keywords)
    {
        string[] bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
        var keyword = dice.Chance(25) ? "multipleOf" : dice.Pick(bounds);
        keywords[keyword] = Words.Number(dice.Pick(keyword == "multipleOf" ? Words.Units : Words.Numbers));
    }

    private void AddOfAny(JsonObject keywords)
    {
        if (dice.Chance(50))
        {
            keywords["const"] = Words.Value(dice, 2);
        }
        else if (dice.Chance(50))
        {
            keywords["enum"] = new JsonArray([.. Enumerable.Range(0, dice.Between(1, 5)).Select(_ => Words.Value(dice, 1)).DistinctBy(value => value?.ToJsonString())]);
        }
        else
        {
            keywords["type"] = Types(dice.Pick(Words.Types));
        }
    }

    private void AddBranches(Place place, JsonObject keywords)
    {
        switch (dice.Below(8))
        {
            case 0: keywords["allOf"] = List(place, 1, 3); break;
            case 1: keywords["anyOf"] = List(place, 1, 3); break;
            case 2: keywords["oneOf"] = List(place, 1, 3); break;
            case 3: keywords["not"] = Schema(place with { Theme = null }); break;
            case 4:
                keywords["if"] = Schema(place);
                foreach (var keyword in dice.Some(["then", "else"], 75))
                {
                    keywords[keyword] = Schema(place);
                }

                break;
            case 5: keywords["dependentSchemas"] = Map(dice.Some(Words.Names, 20), place); break;
            default: AddReference(place, keywords); break;
        }
    }

    private void AddReference(Place place, JsonObject keywords)
    {
        if (place.IsBelow && place.IsAnchored && dice.Chance(60))
        {
            keywords["$dynamicRef"] = "#d";
            return;
        }

        var allowed = references.Where(reference => place.IsBelow || reference.Rank > place.Rank).Select(reference => reference.Reference).ToArray();
        if (allowed.Length > 0)
        {
            keywords["$ref"] = dice.Pick(allowed);
        }
    }

    private void AddUnevaluated(Place place, string theme, JsonObject keywords)
    {
        var keyword = theme switch { "object" => "unevaluatedProperties", "array" => "unevaluatedItems", _ when dice.Chance(50) => "unevaluatedProperties", _ => "unevaluatedItems" };
        if (place.Depth > 0 && dice.Chance(20))
        {
            keywords[keyword] = dice.Chance(60) ? JsonValue.Create(false) : Schema(Place.Under(place));
        }
    }

    private void AddAnnotation(JsonObject keywords)
    {
        if (dice.Chance(95))
        {
            return;
        }

        var (name, value) = dice.Below(6) switch
        {
            0 => ("title", JsonValue.Create("A title")),
            1 => ("$comment", JsonValue.Create("A comment")),
            2 => ("default", Words.Value(dice, 1)),
            3 => ("deprecated", JsonValue.Create(true)),
            4 => ("contentEncoding", JsonValue.Create("base64")),
            _ => ("examples", new JsonArray(1, "a")),
        };
        keywords[name] = value;
    }

    private JsonArray List(Place place, int least, int most) => new([.. Enumerable.Range(0, dice.Between(least, most)).Select(_ => Schema(place))]);

    private JsonObject Map(IEnumerable<string> names, Place place) => new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Schema(place))));

    /// <summary>Where a schema stands.</summary>
    /// <param name="Rank">The definition that it belongs to; -1 for the root.</param>
    /// <param name="IsBelow">Whether it is held against a part of the value that the definition is held against.</param>
    /// <param name="Depth">How many levels of schemas may follow.</param>
    /// <param name="IsAnchored">Whether the resource around has the dynamic anchor.</param>
    /// <param name="Theme">What kind of value the schema around speaks of, if it is held against the same one.</param>
    private sealed record Place(int Rank, bool IsBelow, int Depth, bool IsAnchored, string? Theme = null)
    {
        public static Place Under(Place around) => around with { IsBelow = true, Theme = null, Depth = Math.Max(0, around.Depth - 1) };
    }

    private sealed class ObjectKeywords(RandomSchema around, Place place, JsonObject keywords)
    {
        private readonly Dice dice = around.dice;
        private readonly Place below = Place.Under(place);

        public void Add()
        {
            switch (dice.Below(12))
            {
                case < 4: keywords["properties"] = around.Map(dice.Some(Words.Names, 30), below); break;
                case 4: keywords["required"] = Names(20); break;
                case 5: keywords["patternProperties"] = around.Map(Patterns(), below); break;
                case 6: keywords["additionalProperties"] = dice.Chance(40) ? JsonValue.Create(false) : around.Schema(below); break;
                case 7: keywords["propertyNames"] = dice.Chance(80) ? Text() : around.Schema(below with { Depth = Math.Min(1, below.Depth) }); break;
                case 8: keywords["minProperties"] = dice.Below(3); break;
                case 9: keywords["maxProperties"] = dice.Below(4); break;
                case 10: keywords["dependentRequired"] = new JsonObject(dice.Some(Words.Names, 20).Select(name => KeyValuePair.Create(name, (JsonNode?)Names(20)))); break;
                default: keywords["dependentSchemas"] = around.Map(dice.Some(Words.Names, 15), place with { Depth = Math.Max(0, place.Depth - 1) }); break;
            }
        }

        private JsonArray Names(int percent) => new([.. dice.Some(Words.Names, percent).Select(name => JsonValue.Create(name))]);

        private IEnumerable<string> Patterns() => Enumerable.Range(0, dice.Between(1, 2)).Select(_ => dice.Pick(Words.Patterns).Pattern).Distinct();

        private JsonObject Text()
        {
            var text = new JsonObject();
            around.AddOfString(text);
            return text;
        }
    }

    private sealed class ArrayKeywords(RandomSchema around, Place place, JsonObject keywords)
    {
        private readonly Dice dice = around.dice;
        private readonly Place below = Place.Under(place);

        public void Add()
        {
            switch (dice.Below(10))
            {
                case < 3: keywords["items"] = around.Schema(below); break;
                case < 5: keywords["prefixItems"] = around.List(below, 1, 3); break;
                case 5: AddContains(); break;
                case 6: AddContains(); break;
                case 7: keywords["uniqueItems"] = dice.Chance(90); break;
                case 8: keywords["minItems"] = dice.Below(3); break;
                default: keywords["maxItems"] = dice.Below(5); break;
            }
        }

        private void AddContains()
        {
            keywords["contains"] = around.Schema(below);
            foreach (var keyword in dice.Some(["minContains", "maxContains"], 35))
            {
                keywords[keyword] = dice.Below(4);
            }
        }
    }
}
