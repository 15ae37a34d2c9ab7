using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Inbox.Parts;

namespace Touchstage.Mcp.Inbox.Pages;

/// <summary>What a person changed, as a JSON merge patch (RFC 7396), and what could not be read. Only fields that differ from what stands are in it.</summary>
/// <param name="Changes">The patch.</param>
/// <param name="Errors">What could not be read.</param>
internal sealed record FieldPatch(JsonElement Changes, ImmutableArray<FieldError> Errors)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static FieldPatch Of(ImmutableArray<FormField> fields)
    {
        var (patch, errors) = (new JsonObject(), ImmutableArray.CreateBuilder<FieldError>());
        foreach (var field in fields.Where(field => field.IsChanged))
        {
            if (field.Typed.Length == 0 && !(field is { IsRequired: true, Kind: FieldKind.Line or FieldKind.Lines }))
            {
                Leave(field, patch, errors);
            }
            else if (field.Kind is FieldKind.Line or FieldKind.Lines)
            {
                patch[field.Name] = field.Typed;
            }
            else if (Parse(field.Kind, field.Typed.Trim()) is { } value)
            {
                patch[field.Name] = field.Current is { } current ? Difference(Parse(field.Kind, current), value) : value;
            }
            else
            {
                errors.Add(new(field.Id, field.Kind == FieldKind.Number ? $"{field.Label}: write a number, such as 19.90, with a point." : $"{field.Label}: this is not JSON."));
            }
        }

        return new(JsonSerializer.SerializeToElement(patch), errors.ToImmutable());
    }

    // A null takes a member out; what is required cannot be left out.
    private static void Leave(FormField field, JsonObject patch, ImmutableArray<FieldError>.Builder errors)
    {
        if (field.IsRequired)
        {
            errors.Add(new(field.Id, $"{field.Label} must be given."));
        }
        else
        {
            patch[field.Name] = null;
        }
    }

    // A merge patch merges objects: whoever takes a member out of one means that it goes.
    private static JsonNode? Difference(JsonNode? before, JsonNode? after)
    {
        if (before is not JsonObject old || after is not JsonObject now)
        {
            return after?.DeepClone();
        }

        var patch = new JsonObject();
        foreach (var name in old.Select(member => member.Key).Union(now.Select(member => member.Key), StringComparer.Ordinal))
        {
            if (!JsonNode.DeepEquals(old[name], now[name]) || !now.ContainsKey(name))
            {
                patch[name] = now.ContainsKey(name) ? Difference(old[name], now[name]) : null;
            }
        }

        return patch;
    }

    private static JsonNode? Parse(FieldKind kind, string text)
    {
        try
        {
            var value = JsonNode.Parse(text, documentOptions: Strict);
            return kind == FieldKind.Number && value?.GetValueKind() != JsonValueKind.Number ? null : value;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
