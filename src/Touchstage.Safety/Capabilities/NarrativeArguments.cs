using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// Lets the two arguments that are taken off before validation into the published schema of a tool's input, whatever stands there of other names: no keyword of it refuses a call for them. What
/// cannot be said so that it stays right is left out.
/// </summary>
internal static class NarrativeArguments
{
    private static readonly string[] Names = [Narrative.UserRequestArgument, Narrative.ReasoningArgument];

    public static void AddTo(JsonObject schema)
    {
        LetIn(schema);
        Properties(schema)[Narrative.UserRequestArgument] = Text(
            "Optional. What the user asked for, in the user's own words. If this call is held, the person who decides reads it, marked as told by you. It is never sent on.");
        Properties(schema)[Narrative.ReasoningArgument] = Text(
            "Optional. Why this call with these arguments does what the user asked for, in one or two sentences. Read like _user_request; no rule depends on it.");
    }

    // Whether the schema takes just what it took, with or without the two.
    private static bool LetIn(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return true;
        }

        var isExact = !(schema.Remove("const") | schema.Remove("enum") | schema.ContainsKey("minProperties"));
        if (schema["maxProperties"] is { } most)
        {
            schema["maxProperties"] = most.GetValue<double>() + Names.Length;
            isExact = false;
        }

        if (schema["propertyNames"] is { } names)
        {
            schema["propertyNames"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray([.. Names.Select(name => (JsonNode)name)]) }, names.DeepClone()) };
        }

        foreach (var (pattern, _) in (schema["patternProperties"] as JsonObject)?.Where(pattern => Names.Any(name => IsMatch(pattern.Key, name))).ToArray() ?? [])
        {
            schema["patternProperties"]!.AsObject().Remove(pattern);
            isExact = false;
        }

        foreach (var name in schema.ContainsKey("additionalProperties") || schema.ContainsKey("unevaluatedProperties") ? Names : [])
        {
            Properties(schema)[name] = true;
        }

        return Branches(schema) && isExact;
    }

    private static bool Branches(JsonObject schema)
    {
        var isExact = true;
        foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
        {
            isExact &= (schema[keyword] as JsonArray ?? []).Select(LetIn).ToArray().All(exact => exact);
        }

        foreach (var (_, dependent) in schema["dependentSchemas"] as JsonObject ?? [])
        {
            isExact &= LetIn(dependent);
        }

        isExact &= LetIn(schema["then"]) & LetIn(schema["else"]);
        if (!LetIn(schema["not"]))
        {
            isExact = false;
            schema.Remove("not");
        }

        if (!LetIn(schema["if"]))
        {
            isExact = false;
            Array.ForEach(["if", "then", "else"], keyword => schema.Remove(keyword));
        }

        // With a branch that takes more, more than one may fit.
        if (!isExact && schema["oneOf"] is JsonArray any)
        {
            schema.Remove("oneOf");
            (schema["allOf"] as JsonArray ?? (JsonArray)(schema["allOf"] = new JsonArray())).Add(new JsonObject { ["anyOf"] = any.DeepClone() });
        }

        return isExact;
    }

    private static bool IsMatch(string pattern, string name) => Pattern.Compile(pattern) is not ({ } compiled, _) || compiled.Match(name) is not PatternMatch.No;

    private static JsonObject Properties(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            schema["properties"] = properties = [];
        }

        return properties;
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
