using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Turns the JSON answer of an operation into the schema of its result.</summary>
internal sealed class AnswerReader(References references, bool isOfVersion30, Findings findings)
{
    // What clients are shown has every reference written out, and a model reads all of it.
    private const int MostWrittenOut = 1_500;
    private static readonly int[] Depths = [int.MaxValue, 3, 2, 1, 0];

    /// <summary>The schema, or null if nothing of the answer can be handed on.</summary>
    public JsonNode? Read(Operation operation)
    {
        (string Status, JsonNode? Answer)[] good = [.. Shapes.Members(operation.Body, "responses").Where(entry => entry.Key.StartsWith('2')).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value))];
        if (good.Length == 0 && Shapes.Object(operation.Body, "responses")?["default"] is { } otherwise)
        {
            good = [("default", otherwise)];
        }

        var found = new List<(string Status, JsonNode? Schema)>();
        foreach (var (status, raw) in good)
        {
            Look(status, raw, found);
        }

        if (found.Count == 0)
        {
            return null;
        }

        foreach (var (status, schema) in found.Skip(1).Where(other => !JsonNode.DeepEquals(other.Schema, found[0].Schema)))
        {
            findings.Note("answer", $"It also answers {status} in another form; what does not fit that of {found[0].Status} is withheld.");
        }

        return Translate(found[0].Schema);
    }

    private void Look(string status, JsonNode? raw, List<(string Status, JsonNode? Schema)> found)
    {
        if (references.Follow(raw, out var why, out _) is not JsonObject answer)
        {
            findings.Note("answer", $"The answer {status} is not described: {why ?? "it is no mapping"}.");
            return;
        }

        if (Shapes.Object(answer, "headers") is { Count: > 0 } headers)
        {
            findings.Note("answer", $"Headers of the answer are not handed on: {string.Join(", ", headers.Take(10).Select(header => header.Key))}.");
        }

        if (Shapes.Object(answer, "links") is { Count: > 0 })
        {
            findings.Note("link", "The links of the answer to other operations are left out.");
        }

        var json = Shapes.Members(answer, "content").Where(entry => entry.Key.Split(';')[0].Trim().ToLowerInvariant() is var type && (type is "application/json" or "*/*" || type.EndsWith("+json", StringComparison.Ordinal))).ToArray();
        if (json is [(_, var media), ..] && media?["schema"] is { } schema)
        {
            found.Add((status, schema));
        }
        else if (Shapes.Object(answer, "content") is { Count: > 0 } content)
        {
            findings.Note("answer", $"The answer {status} has no JSON with a schema ({string.Join(", ", content.Take(4).Select(entry => entry.Key))}); nothing of it is handed on.");
        }
    }

    private JsonNode? Translate(JsonNode? schema)
    {
        foreach (var depth in Depths)
        {
            var own = new Findings();
            var translator = new SchemaTranslator(references, isOfVersion30, SchemaUse.Answer, own, depth);
            var output = translator.Translate(schema);
            if (own.Stops.Count > 0)
            {
                if (depth > 0 && own.Stops.All(stop => stop.Contains("schemas in it", StringComparison.Ordinal)))
                {
                    continue;
                }

                findings.Note("answer", $"Nothing of the answer is handed on: {string.Join("; ", own.Stops)}.");
                return null;
            }

            if (depth > 0 && WrittenOut(output, translator.Definitions, []) > MostWrittenOut)
            {
                continue;
            }

            foreach (var note in own.Notes)
            {
                findings.Note(note.Kind == "open" ? note.Kind : "answer", $"In the answer: {note.Text}");
            }

            if (depth < int.MaxValue)
            {
                findings.Note("answer", $"The answer is large: what lies deeper than {depth} references in it may be anything. Describe what the agent needs, and drop the rest.");
            }

            return WithDefinitions(output, translator.Definitions);
        }

        return null;
    }

    private static JsonNode WithDefinitions(JsonNode output, JsonObject definitions)
    {
        if (definitions.Count == 0)
        {
            return output;
        }

        var root = output as JsonObject ?? [];
        root["$defs"] = definitions;
        return root;
    }

    private static int WrittenOut(JsonNode? node, JsonObject definitions, HashSet<string> open)
    {
        var count = 0;
        switch (node)
        {
            case JsonObject mapping:
                count++;
                foreach (var (name, value) in mapping)
                {
                    if (name == "$ref" && Shapes.Text(value)?["#/$defs/".Length..] is { } target)
                    {
                        if (open.Add(target))
                        {
                            count += WrittenOut(definitions[target], definitions, open);
                            open.Remove(target);
                        }
                    }
                    else
                    {
                        count += WrittenOut(value, definitions, open);
                    }

                    if (count > MostWrittenOut)
                    {
                        return count;
                    }
                }

                break;
            case JsonArray list:
                foreach (var value in list)
                {
                    count += WrittenOut(value, definitions, open);
                    if (count > MostWrittenOut)
                    {
                        return count;
                    }
                }

                break;
        }

        return count;
    }
}
