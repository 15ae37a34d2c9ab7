using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>A path that conditions can read, with what its schema says of it.</summary>
/// <param name="Text">As conditions spell it: <c>args.amount</c>, <c>facts.customer.tier</c>.</param>
/// <param name="Fact">The fact it is of, or null for an argument.</param>
/// <param name="Names">The members on the way.</param>
/// <param name="Schema">What stands there.</param>
/// <param name="IsOptional">Whether it may be absent.</param>
/// <param name="HoldsSensitive">Whether it, or anything in it, must not be shown, whatever branch says so.</param>
internal sealed partial record ScalarPath(string Text, string? Fact, ImmutableArray<string> Names, JsonSchema Schema, bool IsOptional, bool HoldsSensitive)
{
    private const int Deepest = 3;

    // Words of the condition language that are no field names after a dot.
    private static readonly ImmutableHashSet<string> Reserved =
        ["as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while"];

    /// <summary>Whether it is an integer or a number.</summary>
    public bool IsNumber => Schema is { Types: ["integer"] or ["number"], EnumValues: null, Const: null };

    /// <summary>Whether it is an int in conditions; else a number is a double.</summary>
    public bool IsInteger => Schema.Types is ["integer"];

    /// <summary>Whether it is a text or a truth value.</summary>
    public bool IsWord => Schema.Types is ["string"] or ["boolean"] || (Schema.EnumValues is { } values && values.All(value => value.ValueKind is JsonValueKind.String));

    /// <summary>All that a capability's conditions can read of arguments and facts, in the order of their names.</summary>
    public static ImmutableArray<ScalarPath> Of(Capability capability) =>
    [
        .. Below("args", null, [], capability.Input, capability.Input.Reach, isOptional: false, depth: 1),
        .. capability.Facts.Values.SelectMany(fact => Below($"facts.{fact.Name}", fact.Name, [], fact.Output, fact.Output.Reach, isOptional: false, depth: 1)),
    ];

    /// <summary>The value of a call, or undefined where there is none.</summary>
    public JsonElement ValueIn(RecordedCall call)
    {
        var at = Fact is null ? call.Arguments!.Root : call.Judged!.Facts.TryGetValue(Fact, out var answer) && answer.Value is { } value ? value.Root : default;
        foreach (var name in Names)
        {
            at = at.ValueKind is JsonValueKind.Object && at.TryGetProperty(name, out var member) ? member : default;
        }

        return at;
    }

    /// <summary>Whether a call has what the path leads into: the fact, if it is one's.</summary>
    public bool IsKnownIn(RecordedCall call) => Fact is null || (call.Judged!.Facts.TryGetValue(Fact, out var answer) && answer.Value is not null);

    // What is below something optional is read through nothing but its presence.
    private static IEnumerable<ScalarPath> Below(
        string text, string? fact, ImmutableArray<string> names, JsonSchema schema, SchemaReach reach, bool isOptional, int depth)
    {
        foreach (var (name, property) in schema.Properties.Where(property => Plain().IsMatch(property.Key) && !Reserved.Contains(property.Key)))
        {
            var below = reach.Property(name);
            var path = new ScalarPath($"{text}.{name}", fact, names.Add(name), property, isOptional || !schema.Required.Contains(name), below.HoldsSensitive);
            if (!property.Properties.IsEmpty && !path.IsOptional && !below.IsSensitive && depth < Deepest)
            {
                foreach (var inner in Below(path.Text, fact, path.Names, property, below, isOptional: false, depth + 1))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return path;
            }
        }
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
