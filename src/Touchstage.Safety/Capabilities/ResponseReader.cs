using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>output</c> and <c>response</c>: what of an answer may reach the model.</summary>
internal static class ResponseReader
{
    public const int DefaultMaxBytes = 65_536;
    public const int MostMaxBytes = 1_048_576;

    public static ResponseDeclaration Read(ManifestSection root)
    {
        var output = SchemaSource.Read(root, "output", SchemaOptions.Open);
        if (output is { HoldsSensitive: true })
        {
            root.Report("output", "`x-sensitive` hides nothing in an answer: what is selected reaches the model.", "take the member off `response.select` and `output`.");
        }

        if (root.Section("response") is not { } response)
        {
            return new([], DefaultMaxBytes, output);
        }

        var select = response.Texts("select");
        var maxBytes = response.Integer("max_bytes", DefaultMaxBytes, 1, MostMaxBytes);
        response.Done();
        foreach (var (name, pointer) in select.Where(s => output is not null && !output.Properties.ContainsKey(s.Text)))
        {
            root.Document.Report(
                pointer, $"`{name}` is selected but not declared in `output`.",
                NearestName.Suggest(name, output!.Properties.Keys) ?? "declare it under output.properties.");
        }

        foreach (var name in output?.Required.Except(select.Select(s => s.Text)) ?? [])
        {
            if (select.Count > 0)
            {
                root.Document.Report(
                    response.At("select"), $"`output` requires `{name}`, but it is not selected, so that no answer would fit.",
                    $"select `{name}`, or take it off output.required.");
            }
        }

        if (select.Count > 0 && !root.Has("output"))
        {
            response.Report("select", "There is no `output` to select from: nothing of the answer is handed on.", "declare `output`, or remove `select`.");
        }

        return new([.. select.Select(s => s.Text)], maxBytes, output);
    }
}
