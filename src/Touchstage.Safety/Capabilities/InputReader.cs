using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>input</c>: a closed object of arguments that every client and template can spell.</summary>
internal static class InputReader
{
    public static JsonSchema? Read(ManifestSection root)
    {
        if (!root.Require("input") || SchemaSource.Read(root, "input", SchemaOptions.Closed) is not { } input)
        {
            return null;
        }

        var document = root.Document;
        if (input.Types is not ["object"])
        {
            document.Report("/input", "`input` must be the schema of an object.", "write `type: object` and the arguments under `properties`.");
            return null;
        }

        if (input.AdditionalAllowed)
        {
            document.Report(
                "/input/additionalProperties", "`input` lets undeclared arguments in, which nothing would send.",
                "remove additionalProperties and patternProperties, and declare each argument.");
        }

        foreach (var name in input.Properties.Keys)
        {
            CheckName(document, name);
        }

        foreach (var name in input.Required.Where(n => !input.Properties.ContainsKey(n)))
        {
            document.Report(
                "/input/required", $"`{name}` is required but not declared, so that no call could fit.",
                $"declare `{name}` under properties, or take it off the list.");
        }

        return input;
    }

    private static void CheckName(ManifestDocument document, string name)
    {
        var pointer = ManifestDocument.Child("/input/properties", name);
        if (name.StartsWith('_'))
        {
            document.ReportKey(pointer, $"The argument `{name}` starts with `_`; those names are the server's own.", $"call it `{name.TrimStart('_')}`.");
        }
        else if (!ArgumentName.IsName(name))
        {
            document.ReportKey(
                pointer, $"`{name}` is not a name for an argument.",
                $"use letters, digits, `_`, `-` and `.`, first a letter, at most {ArgumentName.MaxLength}.");
        }
    }
}
