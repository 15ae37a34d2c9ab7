using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;

namespace Touchstage.TestKit;

/// <summary>One instance and the input schema of a sample capability, for measurements.</summary>
public sealed class SampleValidation
{
    private readonly JsonSchema schema;
    private readonly CanonicalJson value;
    private readonly byte[] utf8;

    private SampleValidation(JsonSchema schema, string text)
    {
        this.schema = schema;
        value = CanonicalJson.Parse(text).TryGet(out var canonical, out var refusal) ? canonical : throw new InvalidOperationException(refusal.ToString());
        (Schema, Text, utf8) = (schema.Publish().GetRawText(), text, Encoding.UTF8.GetBytes(text));
        Fits = Judge();
    }

    /// <summary>The schema as it is published: it contains no references.</summary>
    public string Schema { get; }

    /// <summary>The instance as JSON.</summary>
    public string Text { get; }

    /// <summary>Whether it fits.</summary>
    public bool Fits { get; }

    /// <summary>The arguments of every test in the sample manifests; and each without one of its arguments, with one that is not declared, and with an object in place of each.</summary>
    public static IReadOnlyList<SampleValidation> All() =>
    [
        .. CatalogLoader.Load(Repository.Capabilities).Capabilities!.Values.OrderBy(capability => capability.Name, StringComparer.Ordinal)
            .SelectMany(capability => capability.Tests.SelectMany(test => test.Calls).Select(call => call.World.Arguments).OfType<JsonElement>()
                .Select(arguments => arguments.GetRawText()).Distinct(StringComparer.Ordinal).SelectMany(Variations).Select(text => new SampleValidation(capability.Input, text))),
    ];

    /// <summary>Judges the value, that was taken in before.</summary>
    public bool Judge() => schema.Validate(value).IsEmpty;

    /// <summary>Takes the text in, and judges it.</summary>
    public bool JudgeText() => CanonicalJson.Parse(utf8).TryGet(out var taken, out _) && schema.Validate(taken).IsEmpty;

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
