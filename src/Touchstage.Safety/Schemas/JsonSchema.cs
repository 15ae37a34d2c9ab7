using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// A JSON Schema (draft 2020-12), compiled once; every keyword in it is enforced or known to be an annotation, because a schema with any other is not loaded.
/// Beside the standard it knows <c>x-sensitive: true</c>: the value is sealed at rest and masked wherever it would be shown.
/// </summary>
internal sealed class JsonSchema
{
    /// <summary>The schema <c>true</c>.</summary>
    public static readonly JsonSchema Anything = new(JsonElement.Parse("true"), new(new(), [], []));

    /// <summary>The schema <c>false</c>.</summary>
    public static readonly JsonSchema Nothing = new(JsonElement.Parse("false"), new(new() { AdditionalAllowed = false }, [new NothingKeyword()], []));

    private readonly int id;
    private readonly SchemaKnot knot = new();
    private readonly Lazy<SchemaShape> full;
    private readonly Lazy<SchemaReach> reach;
    private readonly Lazy<bool> isRecursive;
    private readonly Lazy<bool> holdsSensitive;

    internal JsonSchema(int id, JsonElement source)
    {
        (this.id, Source) = (id, source);
        full = new(Declare);
        reach = new(() => SchemaReach.From([this]));
        isRecursive = new(() => Body.IsRecursive || (IsMade && Parts.Any(part => part.Schema.IsRecursive)));
        holdsSensitive = new(() => Body.HoldsSensitive || (IsMade && Parts.Any(part => part.Schema.HoldsSensitive)));
    }

    private JsonSchema(JsonElement source, SchemaBody body)
        : this(0, source) => knot.Tie(body);

    /// <summary>The types that <c>type</c> names, or null where any is allowed.</summary>
    public ImmutableArray<string>? Types => Shape.Types;

    /// <summary>The declared properties, sorted by name; also those that only a branch declares. None if the schema contains itself: it has no end.</summary>
    public ImmutableSortedDictionary<string, JsonSchema> Properties => Shape.Properties;

    /// <summary>The names that must be there.</summary>
    public ImmutableSortedSet<string> Required => Shape.Required;

    /// <summary>The schema of every array item, or null where any is allowed.</summary>
    public JsonSchema? Items => Shape.Items;

    /// <summary>Whether undeclared properties are allowed at all.</summary>
    public bool AdditionalAllowed => Shape.AdditionalAllowed;

    /// <summary>The schema of undeclared properties, or null where any or none are allowed.</summary>
    public JsonSchema? Additional => Shape.Additional;

    /// <summary>The values of <c>enum</c>, or null.</summary>
    public ImmutableArray<JsonElement>? EnumValues => Shape.EnumValues;

    /// <summary>The value of <c>const</c>, or null.</summary>
    public JsonElement? Const => Shape.Const;

    /// <summary>The bound, or null.</summary>
    public JsonElement? Minimum => Shape.Minimum;

    /// <summary>The bound, or null.</summary>
    public JsonElement? Maximum => Shape.Maximum;

    /// <summary>The bound, or null.</summary>
    public JsonElement? ExclusiveMinimum => Shape.ExclusiveMinimum;

    /// <summary>The bound, or null.</summary>
    public JsonElement? ExclusiveMaximum => Shape.ExclusiveMaximum;

    /// <summary>The most elements of a list; null if there is no bound.</summary>
    public long? MaxItems => Size("maxItems");

    /// <summary>The most code points of a text; null if there is no bound.</summary>
    public long? MaxLength => Size("maxLength");

    /// <summary>The most members of an object; null if there is no bound.</summary>
    public long? MaxProperties => Size("maxProperties");

    /// <summary>The bounds that are set of <c>minLength maxLength minItems maxItems minProperties maxProperties</c>.</summary>
    public ImmutableSortedDictionary<string, long> Sizes => Shape.Sizes;

    /// <summary>The asserted format, or null.</summary>
    public string? Format => Shape.Format;

    /// <summary>What people call it, or null.</summary>
    public string? Title => Shape.Title;

    /// <summary>What it is for, or null.</summary>
    public string? Description => Shape.Description;

    /// <summary>The value of <c>default</c>, which fits this schema, or null.</summary>
    public JsonElement? Default => Shape.Default;

    /// <summary>Whether the value, with everything in it, must not be shown: it, or anything that may be applied to it, says so.</summary>
    public bool IsSensitive => Shape.IsSensitive;

    /// <summary>Whether this or anything below is sensitive.</summary>
    public bool HoldsSensitive => holdsSensitive.Value;

    /// <summary>Whether no value fits.</summary>
    public bool IsNothing => Source.ValueKind is JsonValueKind.False;

    /// <summary>The schema as it was written.</summary>
    internal JsonElement Source { get; }

    /// <summary>The schemas in it, but for those that nothing is held against.</summary>
    internal ImmutableArray<SchemaPart> Parts => Body.Parts;

    /// <summary>Whether it refuses what nothing applied with it looks at, though it does not say so.</summary>
    internal bool IsClosed => Body.IsClosed;

    /// <summary>Whether it refuses names that it does not know, itself.</summary>
    internal bool IsSealed => Body.Declared.IsSealed || !Body.Declared.AdditionalAllowed;

    /// <summary>Every schema that has a say in the same value, whatever branch holds.</summary>
    internal SchemaReach Reach => reach.Value;

    internal SchemaShape Shape => IsRecursive ? full.Value.WithoutParts() : full.Value;

    private SchemaBody Body => knot.Body;

    // Put together from schemas that were written, and not written itself.
    private bool IsMade => id == 0;

    private bool IsRecursive => isRecursive.Value;

    /// <summary>Compiles a schema, or says everything that is wrong with it.</summary>
    public static SchemaLoad Compile(JsonElement schema, SchemaOptions options) => SchemaCompiler.Compile(schema, options);

    /// <summary>What is wrong with the value, the most useful first, at most ten; empty means that it fits.</summary>
    public ImmutableArray<Problem> Validate(CanonicalJson value) => Validate(value.Root);

    /// <summary>The same for a part of a canonical document; numbers and equality rely on its canonical text.</summary>
    public ImmutableArray<Problem> Validate(JsonElement canonical) => Inspection.Of(this, canonical);

    /// <summary>Where sensitive values stand: JSON Pointers into an instance, with <c>*</c> for any item and any undeclared property.</summary>
    public IEnumerable<string> SensitivePointers() => Reach.SensitivePointers();

    /// <summary>
    /// The schema as clients see it: without identifiers, references, extensions and comments, with the effective <c>additionalProperties</c> written out, in canonical order. A schema that
    /// contains itself is widened where it comes again; whatever this refuses, the schema itself refuses too.
    /// </summary>
    public JsonElement Publish() => SchemaPublisher.Publish(this).Schema;

    /// <summary>Whether what is published says all that is enforced.</summary>
    public bool IsPublishedWhole() => SchemaPublisher.Publish(this).IsExact;

    /// <summary>A copy of the value with <c>***</c> in place of every sensitive value, and of whatever stands where the schema cannot tell.</summary>
    public CanonicalJson Mask(CanonicalJson value) => HoldsSensitive ? CanonicalJson.Of(Reach.Mask(value.Root)) : value;

    /// <summary>A schema for what fits all of them.</summary>
    internal static JsonSchema All(IEnumerable<JsonSchema> schemas) => Of("allOf", [.. schemas.Distinct()]);

    /// <summary>A schema for what fits any.</summary>
    internal static JsonSchema Any(IEnumerable<JsonSchema> schemas) => Of("anyOf", [.. schemas.Distinct()]);

    /// <summary>Ends the compilation: from here on it does not change.</summary>
    internal void Tie(SchemaBody body) => knot.Tie(body);

    internal bool Check(JsonElement instance, Inspection inspection)
    {
        if (!inspection.Enter())
        {
            return false;
        }

        if (Body.IsShared && inspection.Recall(id, instance) is { } known && (known || inspection.IsSilent))
        {
            inspection.Leave();
            return known;
        }

        var fits = true;
        foreach (var keyword in Body.Keywords)
        {
            fits &= keyword.Check(instance, inspection);
            if (!fits && inspection.IsSilent)
            {
                break;
            }
        }

        inspection.Leave();
        if (Body.IsShared && inspection.IsSilent)
        {
            inspection.Remember(id, instance, fits);
        }

        return fits;
    }

    internal void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        // Once the validation is given up nothing fits, whatever was marked.
        if (!inspection.Enter())
        {
            return;
        }

        if (!Body.IsShared || inspection.IsFirst(id, marks))
        {
            foreach (var keyword in Body.Keywords)
            {
                keyword.Mark(instance, marks, inspection);
            }
        }

        inspection.Leave();
    }

    private static JsonSchema Of(string keyword, ImmutableArray<JsonSchema> schemas)
    {
        if (schemas is [var one])
        {
            return one;
        }

        SchemaKeyword[] checks = keyword == "anyOf" ? [new AnyOfKeyword(keyword, schemas)] : [.. schemas.Select(schema => new ReferenceKeyword(schema))];
        return new(JsonElement.Parse("{}"), new(new(), [.. checks], [.. schemas.Select(schema => new SchemaPart(keyword, "", schema))]));
    }

    // Invariant: whatever fits the schema has this shape; a shape may say less than the schema, never more.
    private SchemaShape Declare()
    {
        var own = Body.Declared;
        var always = own.And([.. Parts.Where(part => part.IsAlways).Select(part => part.Schema.full.Value)]);
        var any = always.Or([.. Parts.Where(part => part.IsInPlace && !part.IsAlways && part.Keyword != "not").Select(part => part.Schema.full.Value)]);
        return any with
        {
            AdditionalAllowed = any.AdditionalAllowed && (!own.IsSealed || any.IsOpen),
            IsSensitive = own.IsSensitive || Parts.Any(part => part.IsInPlace && part.Schema.IsSensitive),
        };
    }

    private long? Size(string keyword) => Shape.Sizes.TryGetValue(keyword, out var size) ? size : null;
}
