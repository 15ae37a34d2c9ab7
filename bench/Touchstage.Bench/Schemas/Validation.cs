using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;
using Touchstage.TestKit;

namespace Touchstage.Bench.Schemas;

/// <summary>One instance and the input schema of a sample capability.</summary>
internal sealed record Validation(JsonSchema Schema, string Text, CanonicalJson Value, bool Fits)
{
    private readonly byte[] utf8 = Encoding.UTF8.GetBytes(Text);

    /// <summary>The arguments of every test in the sample manifests; and each without one of its arguments, with one that is not declared, and with an object in place of each.</summary>
    public static Validation[] OfSamples() =>
    [
        .. CatalogLoader.Load(Repository.Capabilities).Capabilities!.Values.OrderBy(capability => capability.Name, StringComparer.Ordinal)
            .SelectMany(capability => capability.Tests.SelectMany(test => test.Calls).Select(call => call.World.Arguments).OfType<JsonElement>()
                .Select(arguments => arguments.GetRawText()).Distinct(StringComparer.Ordinal).SelectMany(Variations).Select(text => Of(capability.Input, text))),
    ];

    /// <summary>The cases as Ajv's process takes them.</summary>
    public static string Cases(IEnumerable<Validation> all) => new JsonArray([.. all.GroupBy(one => one.Schema).Select(group => (JsonNode)new JsonObject
    {
        ["schema"] = JsonNode.Parse(group.Key.Publish().GetRawText()),
        ["instances"] = new JsonArray([.. group.Select(one => (JsonNode)one.Text)]),
    })]).ToJsonString();

    /// <summary>Judges the value, that was taken in before.</summary>
    public bool Judge() => Schema.Validate(Value).IsEmpty;

    /// <summary>Takes the text in, and judges it.</summary>
    public bool JudgeText() => CanonicalJson.Parse(utf8).TryGet(out var value, out _) && Schema.Validate(value).IsEmpty;

    private static Validation Of(JsonSchema schema, string text)
    {
        var value = CanonicalJson.Parse(text).TryGet(out var canonical, out var refusal) ? canonical : throw new InvalidOperationException(refusal.ToString());
        return new(schema, text, value, schema.Validate(value).IsEmpty);
    }

    private static IEnumerable<string> Variations(string arguments)
    {
        yield return arguments;
        yield return With(arguments, "undeclared", 1);
        foreach (var name in JsonNode.Parse(arguments)!.AsObject().Select(member => member.Key).ToArray())
        {
            yield return With(arguments, name, new JsonObject());
            yield return Without(arguments, name);
        }
    }

    private static string With(string arguments, string name, JsonNode value)
    {
        var changed = JsonNode.Parse(arguments)!.AsObject();
        changed[name] = value;
        return changed.ToJsonString();
    }

    private static string Without(string arguments, string name)
    {
        var changed = JsonNode.Parse(arguments)!.AsObject();
        changed.Remove(name);
        return changed.ToJsonString();
    }
}
