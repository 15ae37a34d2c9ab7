using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The arguments that a capability's templates may name, and whether they can stand where they are named.</summary>
/// <param name="input">The schema of the arguments.</param>
/// <param name="knowsStep">Whether <see cref="ArgumentName.Step"/> may be named too: only where there is a step already.</param>
internal sealed class ArgumentTable(JsonSchema input, bool knowsStep = false)
{
    public IEnumerable<string> Names => input.Properties.Keys;

    public bool IsSensitive(string name) => !IsStep(name) && input.Reach.Property(name).HoldsSensitive;

    public bool IsRequired(string name) => IsStep(name) || input.Required.Contains(name);

    public bool IsScalar(string name) => IsStep(name) || IsScalar(input.Properties[name]);

    public bool IsScalarOrList(string name) =>
        IsScalar(name) || (input.Properties[name] is { Types: ["array"], Items: { } items } && IsScalar(items));

    /// <summary>Reports every placeholder that names no argument; true if there is none.</summary>
    public bool Knows(IEnumerable<string> named, ManifestDocument document, string pointer)
    {
        var all = true;
        foreach (var name in named.Where(n => !IsStep(n) && !input.Properties.ContainsKey(n)))
        {
            document.Report(
                pointer, $"`{{{name}}}` is not an argument of the capability.", NearestName.Suggest(name, Names) ?? "declare it under input.properties.");
            all = false;
        }

        return all;
    }

    private bool IsStep(string name) => knowsStep && name == ArgumentName.Step;

    private static bool IsScalar(JsonSchema schema) =>
        schema.Types is { IsEmpty: false } types && types.All(t => t is "string" or "integer" or "number" or "boolean" or "null") && types.Any(t => t != "null");
}
