using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Turns the keywords of a schema that hold values into those of a manifest, and tells what of them is lost.</summary>
/// <param name="use">What the schemas describe.</param>
/// <param name="findings">What comes up.</param>
internal sealed class KeywordTranslator(SchemaUse use, Findings findings)
{
    private const int MostDescription = 600;

    /// <summary>Takes over a keyword whose value is no schema.</summary>
    /// <param name="made">The schema that is written.</param>
    /// <param name="word">The keyword.</param>
    /// <param name="value">Its value in the document.</param>
    /// <param name="leftOut">The properties that the schema does not have here.</param>
    public void Value(JsonObject made, string word, JsonNode? value, IReadOnlyCollection<string> leftOut)
    {
        switch (word)
        {
            case "format":
                Format(made, Shapes.Text(value) ?? "");
                return;
            case "required" when value is JsonArray list:
                made[word] = new JsonArray([.. list.Select(Shapes.Text).OfType<string>().Distinct(StringComparer.Ordinal).Where(name => !leftOut.Contains(name, StringComparer.Ordinal)).Select(name => (JsonNode)name)]);
                return;
            case "required":
                findings.Note("required", "`required` of a schema is no list, and was passed over.");
                return;
            case "exclusiveMinimum" or "exclusiveMaximum" when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                return;
            case "enum" or "const" when !ExactNumbers.Hold(value):
                findings.Stop($"`{word}` of a schema holds a number that cannot be kept exactly");
                return;
        }

        if (ExactNumbers.Hold(value))
        {
            made[word] = value?.DeepClone();
        }
        else
        {
            findings.Note("number", $"`{word}: {Short(value)}` cannot be kept exactly, and was left out.");
        }
    }

    /// <summary>Takes over what only describes, and tells of what is not known.</summary>
    public void Remark(JsonObject made, string word, JsonNode? value)
    {
        switch (word)
        {
            case "description" when Shapes.Text(value) is { Length: > 0 } text && Spelling.Prose(text, MostDescription, out _) is { Length: > 0 } prose:
                made[word] = prose;
                return;
            case "$schema" when Shapes.Text(value)?.TrimEnd('#') is not "https://json-schema.org/draft/2020-12/schema" and not "https://spec.openapis.org/oas/3.1/dialect/base":
                findings.Note("keyword", $"A schema asks for the dialect {Short(value)}; it was read as JSON Schema 2020-12.");
                return;
        }

        if (SchemaWords.Scopes.Contains(word))
        {
            findings.Stop($"its schema uses `{word}`");
        }
        else if (word is not ("description" or "nullable" or "readOnly" or "writeOnly" or "discriminator") && !SchemaWords.Remarks.Contains(word) && !SchemaWords.Stores.Contains(word)
            && !word.StartsWith("x-", StringComparison.Ordinal))
        {
            findings.Note("keyword", $"`{Spelling.Cut(word)}` is no keyword of a schema, and was left out.");
        }
    }

    private void Format(JsonObject made, string format)
    {
        switch (format)
        {
            case "password" when use is SchemaUse.Request:
                made["x-sensitive"] = true;
                break;
            case "byte":
                made["contentEncoding"] = "base64";
                break;
            case "int32" when use is SchemaUse.Request:
                made["format"] = format;
                break;
            default:
                if (SchemaWords.Formats.Contains(format))
                {
                    // OpenAPI means formats as hints, and an answer that does not fit is withheld.
                    if (use is SchemaUse.Request)
                    {
                        made["format"] = format;
                    }
                }
                else if (format is not ("int32" or "password") && !SchemaWords.Sizes.Contains(format))
                {
                    findings.Note("format", $"The format `{Spelling.Cut(format)}` is not known, and not enforced.");
                }

                break;
        }
    }

    private static string Short(JsonNode? value) => Spelling.Cut(value?.ToJsonString() ?? "null");
}
