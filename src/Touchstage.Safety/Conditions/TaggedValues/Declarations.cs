using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Conditions.TaggedValues;

/// <summary>The variables and functions that a line declares for the check. A function is declared only: called, it fails.</summary>
internal sealed record Declarations(ImmutableArray<(string Name, CelType Type)> Variables, ImmutableArray<Overload> Functions)
{
    /// <summary>What <c>typeEnv</c> declares, or null if it is malformed.</summary>
    public static Declarations? Read(JsonElement line)
    {
        if (!line.TryGetProperty("typeEnv", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return new([], []);
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var variables = ImmutableArray.CreateBuilder<(string, CelType)>();
        var functions = ImmutableArray.CreateBuilder<Overload>();
        foreach (var declaration in list.EnumerateArray())
        {
            if (Text(declaration, "name") is not { } name)
            {
                return null;
            }

            if (TypeOf(declaration, "type") is { } type)
            {
                variables.Add((name, type));
            }
            else if (ReadFunctions(name, declaration) is { } overloads)
            {
                functions.AddRange(overloads);
            }
            else
            {
                return null;
            }
        }

        return new(variables.ToImmutable(), functions.ToImmutable());
    }

    private static ImmutableArray<Overload>? ReadFunctions(string name, JsonElement declaration)
    {
        if (!declaration.TryGetProperty("function", out var forms) || forms.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var overloads = ImmutableArray.CreateBuilder<Overload>();
        foreach (var form in forms.EnumerateArray())
        {
            if (form.ValueKind != JsonValueKind.Object || TypeOf(form, "result") is not { } result
                || !form.TryGetProperty("params", out var given) || given.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            ImmutableArray<CelType?> parameters = [.. given.EnumerateArray().Select(p => p.ValueKind == JsonValueKind.String ? TypeName.Parse(p.GetString()!) : null)];
            if (parameters.Contains(null))
            {
                return null;
            }

            bool isMember = form.TryGetProperty("member", out var member) && member.ValueKind == JsonValueKind.True;
            overloads.Add(new(name, isMember, [.. parameters.Select(p => p!)], result, _ => CelValue.Failed($"'{name}' is declared only, so it cannot be called.")));
        }

        return overloads.ToImmutable();
    }

    private static CelType? TypeOf(JsonElement json, string name) => Text(json, name) is { } text ? TypeName.Parse(text) : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
