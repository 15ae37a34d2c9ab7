using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>The arguments of a draft, under names that no two of them share.</summary>
internal sealed class ArgumentBook
{
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly JsonObject properties = [];
    private readonly List<string> required = [];

    /// <summary>Raw examples of the document, by argument.</summary>
    public Dictionary<string, JsonNode?> Examples { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds an argument.</summary>
    /// <param name="name">What the document calls it.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isRequired">Whether a call must have it.</param>
    /// <returns>What it is called here.</returns>
    public string Add(string name, JsonNode schema, bool isRequired)
    {
        var free = Spelling.Unique(Spelling.Argument(name), names);
        properties[free] = schema;
        if (isRequired)
        {
            required.Add(free);
        }

        return free;
    }

    /// <summary>The <c>input</c> of the manifest.</summary>
    /// <param name="definitions">What its references lead to.</param>
    public JsonObject ToInput(JsonObject definitions)
    {
        var input = new JsonObject { ["type"] = "object" };
        if (required.Count > 0)
        {
            input["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]);
        }

        input["properties"] = properties;
        if (definitions.Count > 0)
        {
            input["$defs"] = definitions;
        }

        return input;
    }
}
