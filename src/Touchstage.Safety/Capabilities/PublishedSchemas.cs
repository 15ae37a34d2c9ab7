using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>What is published of a capability: its schemas as MCP clients take them, and its resource.</summary>
internal static class PublishedSchemas
{
    public static ToolDescription Describe(Capability capability) => new(
        capability.Name, capability.Title, capability.Description, Input(capability), Output(capability), capability.Effects, capability.IsIdempotent, capability.Approval is not null);

    public static string Resource(ToolDescription tool) => CanonicalJson.Of(new JsonObject
    {
        ["name"] = tool.Name,
        ["title"] = tool.Title,
        ["description"] = tool.Description,
        ["effects"] = tool.Effects switch { Effects.ReadOnly => "readOnly", Effects.Additive => "additive", _ => "destructive" },
        ["idempotent"] = tool.IsIdempotent,
        ["can_be_held"] = tool.CanBeHeld,
        ["input"] = JsonNode.Parse(tool.InputSchema.GetRawText()),
    }).Text;

    private static JsonElement Input(Capability capability)
    {
        var schema = JsonNode.Parse(capability.Input.Publish().GetRawText())!.AsObject();
        if (capability.Approval is not null)
        {
            NarrativeArguments.AddTo(schema);
        }

        return CanonicalJson.Of(schema).Root;
    }

    private static JsonElement Output(Capability capability)
    {
        var properties = new JsonObject
        {
            ["status"] = new JsonObject { ["type"] = "string", ["enum"] = Statuses(capability), ["description"] = "What became of the call." },
            ["code"] = Text("The permanent code of a refusal, a failure or an unknown outcome."),
            ["reason"] = Text("Why, in a sentence that may be told to the user."),
            ["step"] = Text("The recorded execution; name it when you report a problem."),
        };
        if (capability.Approval is not null)
        {
            properties["approval"] = Approval();
        }

        if (Result(capability.Response) is { } result)
        {
            properties["result"] = result;
        }

        return CanonicalJson.Of(new JsonObject { ["type"] = "object", ["required"] = new JsonArray("status"), ["properties"] = properties }).Root;
    }

    private static JsonArray Statuses(Capability capability) => capability.Approval is null
        ? ["completed", "refused", "failed", "unknown"]
        : ["completed", "pending_approval", "refused", "failed", "unknown"];

    private static JsonObject Approval() => new()
    {
        ["type"] = "object",
        ["description"] = "The approval that the call waits for: a person decides, and it is then executed without another call.",
        ["required"] = new JsonArray("id", "uri", "summary", "reason", "expires_at"),
        ["properties"] = new JsonObject
        {
            ["id"] = Text("The approval's id."),
            ["uri"] = Text("The resource to read or subscribe to."),
            ["summary"] = Text("What waits, in one line."),
            ["reason"] = Text("Why it waits."),
            ["expires_at"] = Text("When it lapses (RFC 3339)."),
            ["inbox_url"] = Text("Where a person can decide."),
        },
    };

    private static JsonObject? Result(ResponseDeclaration response)
    {
        if (response.Output is null || JsonNode.Parse(response.Output.Publish().GetRawText()) is not JsonObject schema)
        {
            return null;
        }

        if (response.Select.IsEmpty)
        {
            return schema;
        }

        // What is not selected is not handed on, and so nothing may be asked of it.
        var selected = new JsonObject();
        foreach (var (keyword, value) in schema.Where(keyword => keyword.Key is "type" or "title" or "description"))
        {
            selected[keyword] = value?.DeepClone();
        }

        selected["properties"] = new JsonObject(response.Select.Order(StringComparer.Ordinal)
            .Where(name => schema["properties"]?[name] is not null).Select(name => KeyValuePair.Create(name, schema["properties"]![name]?.DeepClone())));
        if (schema["required"] is JsonArray required)
        {
            selected["required"] = new JsonArray([.. required.Where(name => response.Select.Contains(name!.GetValue<string>(), StringComparer.Ordinal)).Select(name => name!.DeepClone())]);
        }

        return selected;
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
