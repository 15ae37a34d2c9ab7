using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The arguments that a capability's templates may name, and whether they can stand where they are named.</summary>
internal sealed class ArgumentTable(JsonSchema input)
{
    public IEnumerable<string> Names => input.Properties.Keys;

    public bool IsSensitive(string name) => input.Properties[name].HoldsSensitive;

    public bool IsRequired(string name) => input.Required.Contains(name);

    public bool IsScalar(string name) => IsScalar(input.Properties[name]);

    public bool IsScalarOrList(string name) =>
        IsScalar(name) || (input.Properties[name] is { Types: ["array"], Items: { } items } && IsScalar(items));

    /// <summary>Reports every placeholder that names no argument; true if there is none.</summary>
    public bool Knows(IEnumerable<string> named, ManifestDocument document, string pointer)
    {
        var all = true;
        foreach (var name in named.Where(n => !input.Properties.ContainsKey(n)))
        {
            document.Report(
                pointer, $"`{{{name}}}` is not an argument of the capability.", NearestName.Suggest(name, Names) ?? "declare it under input.properties.");
            all = false;
        }

        return all;
    }

    private static bool IsScalar(JsonSchema schema) =>
        schema.Types is { IsEmpty: false } types && types.All(t => t is "string" or "integer" or "number" or "boolean" or "null") && types.Any(t => t != "null");
}
