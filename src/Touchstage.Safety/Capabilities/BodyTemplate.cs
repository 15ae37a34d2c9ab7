using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Touchstage.Safety.Capabilities;

/// <summary>The JSON content of a request with placeholders in it.</summary>
internal abstract record BodyTemplate
{
    private BodyTemplate()
    {
    }

    /// <summary>The arguments it names, each once.</summary>
    public IEnumerable<string> Arguments => Named().Distinct(StringComparer.Ordinal);

    protected abstract IEnumerable<string> Named();

    /// <summary>A value without placeholders, as JSON text.</summary>
    internal sealed record Literal(string Json) : BodyTemplate
    {
        protected override IEnumerable<string> Named() => [];
    }

    /// <summary>Text with placeholders; a placeholder alone keeps the argument's JSON type.</summary>
    internal sealed record Value(ValueTemplate Template) : BodyTemplate
    {
        protected override IEnumerable<string> Named() => Template.Arguments;
    }

    /// <summary>An object; a member whose argument is absent is left out.</summary>
    internal sealed record Mapping(ImmutableSortedDictionary<string, BodyTemplate> Members) : BodyTemplate
    {
        protected override IEnumerable<string> Named() => Members.Values.SelectMany(m => m.Arguments);
    }

    /// <summary>A list; an item whose argument is absent is left out.</summary>
    internal sealed record Sequence(ImmutableArray<BodyTemplate> Items) : BodyTemplate
    {
        protected override IEnumerable<string> Named() => Items.SelectMany(i => i.Arguments);
    }

    /// <summary>The body of the arguments that are sent under their own names.</summary>
    public static Mapping Of(IEnumerable<string> arguments) => new(arguments.ToImmutableSortedDictionary(
        name => name, BodyTemplate (name) => new Value(ValueTemplate.For(name)), StringComparer.Ordinal));

    /// <summary>The content for these arguments; false if it is left out because an argument is absent.</summary>
    public bool TryRender(ArgumentValues arguments, out JsonNode? node)
    {
        node = null;
        switch (this)
        {
            case Literal literal:
                node = JsonNode.Parse(literal.Json);
                return true;
            case Value { Template.Whole: { } name }:
                return arguments.TryNode(name, out node);
            case Value value:
                node = value.Template.Expand(arguments.TextOf) is { } text ? JsonValue.Create(text) : null;
                return node is not null;
            case Mapping mapping:
                node = RenderMapping(mapping, arguments);
                return true;
            case Sequence sequence:
                node = RenderSequence(sequence, arguments);
                return true;
            default:
                return false;
        }
    }

    private static JsonObject RenderMapping(Mapping mapping, ArgumentValues arguments)
    {
        var result = new JsonObject();
        foreach (var (name, member) in mapping.Members)
        {
            if (member.TryRender(arguments, out var node))
            {
                result[name] = node;
            }
        }

        return result;
    }

    private static JsonArray RenderSequence(Sequence sequence, ArgumentValues arguments)
    {
        var result = new JsonArray();
        foreach (var item in sequence.Items)
        {
            if (item.TryRender(arguments, out var node))
            {
                result.Add(node);
            }
        }

        return result;
    }
}
