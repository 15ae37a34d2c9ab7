using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>Writes an instance that is likely to fit a schema, and then, every other time, spoils something in it.</summary>
internal sealed class RandomInstance(Dice dice, IReadOnlyDictionary<string, JsonNode> targets)
{
    private const int Depth = 4;
    private const int MostApplied = 40;

    // The patterns are simple; what would be slow is the machine, and the same case must come again.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public string Text(JsonNode schema)
    {
        var value = dice.Chance(4) ? Words.Value(dice, 3) : Value([schema], Depth);
        value = dice.Chance(25) ? Spoiled(value) : value;

        // A number that no double holds has no node of its own; it takes the place of one that has.
        var text = value?.ToJsonString() ?? "null";
        return dice.Below(500) == 0 ? $"[{text},{dice.Pick(Words.Inexact)}]" : text;
    }

    private JsonNode? Value(IEnumerable<JsonNode> schemas, int depth)
    {
        var applied = Applied(schemas);
        if (dice.Chance(93))
        {
            foreach (var schema in applied)
            {
                if (schema.ContainsKey("const"))
                {
                    return schema["const"]?.DeepClone();
                }

                if (schema["enum"] is JsonArray { Count: > 0 } listed)
                {
                    return dice.Pick([.. listed])?.DeepClone();
                }
            }
        }

        return TypeOf(applied) switch
        {
            "object" when depth > 0 => Object(applied, depth),
            "array" when depth > 0 => Array(applied, depth),
            "object" => new JsonObject(),
            "array" => new JsonArray(),
            "string" => String(applied),
            "integer" or "number" => Number(applied),
            "boolean" => JsonValue.Create(dice.Chance(50)),
            "null" => null,
            _ => Words.Value(dice, Math.Min(depth, 2)),
        };
    }

    // The schemas that the value will be held against, with one branch of each choice.
    private List<JsonObject> Applied(IEnumerable<JsonNode> schemas)
    {
        var open = new Queue<JsonNode>(schemas);
        var applied = new List<JsonObject>();
        while (applied.Count < MostApplied && open.TryDequeue(out var next))
        {
            if (next is not JsonObject schema)
            {
                continue;
            }

            applied.Add(schema);
            foreach (var (keyword, value) in schema)
            {
                switch (keyword)
                {
                    case "$ref" or "$dynamicRef" when targets.TryGetValue(value!.GetValue<string>(), out var target): open.Enqueue(target); break;
                    case "allOf": value!.AsArray().ToList().ForEach(branch => open.Enqueue(branch!)); break;
                    case "anyOf" or "oneOf": open.Enqueue(dice.Pick([.. value!.AsArray()])!); break;
                    case "if" when dice.Chance(50):
                        open.Enqueue(value!);
                        Open(schema["then"]);
                        break;
                    case "if": Open(schema["else"]); break;
                    case "dependentSchemas": dice.Some(value!.AsObject(), 30).ToList().ForEach(branch => open.Enqueue(branch.Value!)); break;
                }
            }
        }

        return applied;

        void Open(JsonNode? branch)
        {
            if (branch is not null)
            {
                open.Enqueue(branch);
            }
        }
    }

    private string? TypeOf(List<JsonObject> applied)
    {
        HashSet<string>? types = null;
        foreach (var schema in applied)
        {
            HashSet<string>? named = schema["type"] switch
            {
                JsonArray several => [.. several.Select(name => name!.GetValue<string>())],
                JsonValue one => [one.GetValue<string>()],
                _ => null,
            };
            if (named is not null && (types is null || types.Overlaps(named)))
            {
                types = types is null ? named : [.. types.Intersect(named)];
            }
        }

        if (types is not null)
        {
            return dice.Pick([.. types.Order(StringComparer.Ordinal)]);
        }

        var hints = applied.SelectMany(schema => schema.Select(keyword => Hint(keyword.Key))).OfType<string>().ToArray();
        return hints.Length > 0 && dice.Chance(85) ? dice.Pick(hints) : null;
    }

    private static string? Hint(string keyword) => keyword switch
    {
        "properties" or "patternProperties" or "additionalProperties" or "propertyNames" or "unevaluatedProperties" or "minProperties" or "maxProperties" or "required" or "dependentRequired"
            or "dependentSchemas" => "object",
        "items" or "prefixItems" or "contains" or "unevaluatedItems" or "uniqueItems" or "minItems" or "maxItems" => "array",
        "minLength" or "maxLength" or "pattern" or "format" => "string",
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => "number",
        _ => null,
    };

    private JsonObject Object(List<JsonObject> applied, int depth)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var schema in applied)
        {
            names.UnionWith(schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []);
            names.UnionWith(dice.Some(schema["properties"]?.AsObject().Select(property => property.Key) ?? [], 60));
            foreach (var (pattern, _) in dice.Some(schema["patternProperties"]?.AsObject() ?? [], 50))
            {
                names.Add(dice.Pick(Words.Patterns.First(known => known.Pattern == pattern).Texts));
            }
        }

        for (var least = applied.Max(schema => Size(schema, "minProperties") ?? 0); names.Count < least || dice.Chance(15);)
        {
            names.Add(dice.Pick(Words.Names));
        }

        foreach (var (trigger, needed) in applied.SelectMany(schema => schema["dependentRequired"]?.AsObject() ?? []))
        {
            names.UnionWith(names.Contains(trigger) && dice.Chance(85) ? needed!.AsArray().Select(name => name!.GetValue<string>()) : []);
        }

        var members = new JsonObject();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var below = applied.SelectMany(schema => OfProperty(schema, name)).ToArray();
            if (below.All(schema => schema is JsonObject || schema.GetValue<bool>()) || dice.Chance(10))
            {
                members[name] = Value(below, depth - 1);
            }
        }

        return members;
    }

    private static IEnumerable<JsonNode> OfProperty(JsonObject schema, string name)
    {
        var own = new List<JsonNode>();
        if (schema["properties"]?[name] is { } listed)
        {
            own.Add(listed);
        }

        own.AddRange((schema["patternProperties"]?.AsObject() ?? []).Where(pattern => Regex.IsMatch(name, pattern.Key, RegexOptions.CultureInvariant, Longest)).Select(pattern => pattern.Value!));
        return own.Count > 0 ? own : new[] { schema["additionalProperties"], schema["unevaluatedProperties"] }.OfType<JsonNode>();
    }

    private JsonArray Array(List<JsonObject> applied, int depth)
    {
        var least = applied.Max(schema => Math.Max(Size(schema, "minItems") ?? 0, schema.ContainsKey("contains") ? Size(schema, "minContains") ?? 1 : 0));
        var most = applied.Min(schema => Size(schema, "maxItems") ?? 4);
        var count = most <= least ? least : dice.Between(least, most);
        var contained = applied.Select(schema => schema["contains"]).OfType<JsonObject>().ToArray();
        var items = new JsonArray();
        for (var index = 0; index < count; index++)
        {
            var below = applied.SelectMany(schema => OfItem(schema, index)).ToList();
            if (below.Any(schema => schema is JsonValue value && !value.GetValue<bool>()) && dice.Chance(90))
            {
                break;
            }

            if (contained.Length > 0 && dice.Chance(60))
            {
                below.Add(dice.Pick(contained));
            }

            items.Add(Value(below, depth - 1));
        }

        return items;
    }

    private static IEnumerable<JsonNode> OfItem(JsonObject schema, int index) => schema["prefixItems"] is JsonArray prefix && index < prefix.Count
        ? [prefix[index]!]
        : new[] { schema["items"], schema["unevaluatedItems"] }.OfType<JsonNode>().Take(1);

    private JsonValue String(List<JsonObject> applied)
    {
        var texts = applied.SelectMany(schema => schema["format"] is { } format && Words.Formats.First(known => known.Format == format.GetValue<string>()) is var known
            ? dice.Chance(70) ? known.Texts : known.Others
            : schema["pattern"] is { } pattern ? Words.Patterns.First(known => known.Pattern == pattern.GetValue<string>()).Texts
            : []).ToArray();
        var found = dice.Pick(texts.Length > 0 ? texts : Words.Texts);
        for (var tries = 0; tries < 5 && texts.Length == 0 && applied.Any(schema => found.Length < Size(schema, "minLength") || found.Length > Size(schema, "maxLength")); tries++)
        {
            found = dice.Pick(Words.Texts);
        }

        return JsonValue.Create(found)!;
    }

    private JsonNode Number(List<JsonObject> applied)
    {
        var bounds = applied.SelectMany(schema => new[] { "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" }.Select(keyword => schema[keyword])).OfType<JsonNode>().ToArray();
        if (bounds.Length > 0 && dice.Chance(60))
        {
            var bound = dice.Pick(bounds);
            decimal? near = Math.Abs(bound.GetValue<double>()) < 1e6 ? (decimal)bound.GetValue<double>() : null;
            return near is null || dice.Chance(40) ? bound.DeepClone() : JsonValue.Create(near.Value + dice.Pick([1m, -1m, 0.5m, -0.5m, 0.01m]));
        }

        var units = applied.Select(schema => schema["multipleOf"]).OfType<JsonNode>().ToArray();
        return units.Length > 0 && dice.Chance(70) ? JsonValue.Create((decimal)units[0].GetValue<double>() * dice.Between(-3, 300)) : Words.Number(dice.Pick(Words.Numbers));
    }

    private static int? Size(JsonObject schema, string keyword) => schema[keyword]?.GetValue<int>();

    // One place in the value becomes something else, or goes, or comes twice.
    private JsonNode? Spoiled(JsonNode? value)
    {
        if (value is JsonObject { Count: > 0 } members && dice.Chance(80))
        {
            var name = dice.Pick(members.Select(member => member.Key).ToArray());
            switch (dice.Below(5))
            {
                case 0: members.Remove(name); break;
                case 1: members[dice.Pick(Words.Names)] = Words.Value(dice, 1); break;
                default:
                    var member = members[name];
                    members[name] = null;
                    members[name] = Spoiled(member);
                    break;
            }

            return members;
        }

        if (value is JsonArray { Count: > 0 } items && dice.Chance(80))
        {
            var index = dice.Below(items.Count);
            switch (dice.Below(5))
            {
                case 0: items.RemoveAt(index); break;
                case 1: items.Add(items[index]?.DeepClone()); break;
                default:
                    var item = items[index];
                    items[index] = null;
                    items[index] = Spoiled(item);
                    break;
            }

            return items;
        }

        return Words.Value(dice, 2);
    }
}
