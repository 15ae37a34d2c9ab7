using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// The resources that a schema's references may lead to: its own, the meta-schemas, and what was handed in; each read when it is first asked for. Nothing is fetched, from nowhere.
/// </summary>
internal sealed class SchemaResources
{
    private static readonly Uri Nameless = new("schema://nameless/");

    private static readonly HashSet<string> Single = new(
        ["additionalProperties", "items", "contains", "propertyNames", "not", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties", "contentSchema"], StringComparer.Ordinal);

    private static readonly HashSet<string> Lists = new(["allOf", "anyOf", "oneOf", "prefixItems"], StringComparer.Ordinal);
    private static readonly HashSet<string> Maps = new(["$defs", "properties", "patternProperties", "dependentSchemas"], StringComparer.Ordinal);

    private readonly SchemaOptions options;
    private readonly ImmutableArray<Problem>.Builder problems;
    private readonly Dictionary<string, SchemaResource> byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaResource> byKey = new(StringComparer.Ordinal);

    public SchemaResources(JsonElement schema, SchemaOptions options, ImmutableArray<Problem>.Builder problems)
    {
        (this.options, this.problems) = (options, problems);
        Root = Read(Nameless, schema, "").Root;
    }

    /// <summary>The schema itself.</summary>
    public SchemaLocation Root { get; }

    /// <summary>The same place, as part of the resource that begins there, if one does.</summary>
    public SchemaLocation Enter(SchemaLocation location) => byKey.TryGetValue(location.Key, out var resource) ? location with { Resource = resource } : location;

    /// <summary>Where a reference leads, or why nowhere.</summary>
    public bool TryResolve(SchemaResource from, string reference, [NotNullWhen(true)] out SchemaLocation? location, [NotNullWhen(false)] out string? why)
    {
        (location, why) = (null, null);
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (reference, "") : (reference[..hash], reference[(hash + 1)..]);
        var resource = from;
        if (address.Length > 0 && (!Uri.TryCreate(from.Uri, address, out var uri) || !TryFind(uri, out resource)))
        {
            why = options.IsStrict
                ? $"`{Echo.Text(reference, 200)}` is not in this schema, and nothing is fetched: write it under `$defs`."
                : $"`{Echo.Text(reference, 200)}` is not in this schema, and it is not among the remotes; nothing is fetched.";
            return false;
        }

        location = fragment.Length == 0 ? resource.Root
            : fragment[0] == '/' ? Walk(resource.Root, Uri.UnescapeDataString(fragment))
            : resource.Anchors.GetValueOrDefault(fragment);
        why = location is null ? $"`{Echo.Text(reference, 200)}` leads nowhere: there is nothing at `#{Echo.Text(fragment, 200)}`." : null;
        return location is not null;
    }

    private bool TryFind(Uri uri, [NotNullWhen(true)] out SchemaResource? resource)
    {
        var key = KeyOf(uri);
        if (byUri.TryGetValue(key, out resource))
        {
            return true;
        }

        var remote = options.Remotes.FirstOrDefault(r => Uri.TryCreate(r.Key, UriKind.Absolute, out var known) && KeyOf(known) == key);
        if (remote.Key is not null)
        {
            resource = Read(uri, remote.Value, key + "#");
        }
        else if (Vocabularies.MetaSchemas.TryGetValue(key, out var metaSchema))
        {
            resource = Read(uri, metaSchema, key + "#");
        }

        return resource is not null;
    }

    private SchemaResource Read(Uri uri, JsonElement source, string name)
    {
        var resource = new SchemaResource(uri);
        resource.Root = new(resource, source, source, name, name);
        byUri[KeyOf(uri)] = resource;
        byKey[resource.Root.Key] = resource;
        Scan(resource.Root);

        // With an `$id` of its own it is known under both.
        return byUri[KeyOf(uri)] = byKey[resource.Root.Key];
    }

    private void Scan(SchemaLocation location)
    {
        if (location.Source.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        location = Identify(location);
        foreach (var keyword in location.Source.EnumerateObject())
        {
            foreach (var part in PartsOf(location, keyword))
            {
                Scan(part);
            }
        }
    }

    /// <summary>The schemas directly under a keyword.</summary>
    public static IEnumerable<SchemaLocation> PartsOf(SchemaLocation location, JsonProperty keyword)
    {
        var (name, value) = (keyword.Name, keyword.Value);
        if (Single.Contains(name))
        {
            return [location.Part(name, value)];
        }

        var around = location.Part(name, value);
        return Lists.Contains(name) && value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().Select((item, index) => around.Part(index.ToString(CultureInfo.InvariantCulture), item))
            : Maps.Contains(name) && value.ValueKind is JsonValueKind.Object ? value.EnumerateObject().Select(member => around.Part(member.Name, member.Value))
            : [];
    }

    private SchemaLocation Identify(SchemaLocation location)
    {
        if (location.Source.TryGetProperty("$id", out var id))
        {
            if (id.ValueKind is not JsonValueKind.String || !Uri.TryCreate(location.Resource.Uri, id.GetString(), out var uri) || uri.OriginalString.TrimEnd('#').Contains('#', StringComparison.Ordinal))
            {
                Wrong(location, "$id", "`$id` must be a URI without fragment.");
            }
            else if (byUri.TryGetValue(KeyOf(uri), out var other) && other != location.Resource)
            {
                Wrong(location, "$id", $"Another schema here has the `$id` {Echo.Text(KeyOf(uri), 200)} already.");
            }
            else
            {
                var resource = new SchemaResource(uri) { Keywords = location.Resource.Keywords };
                resource.Root = location = location with { Resource = resource };
                byUri[KeyOf(uri)] = resource;
                byKey[location.Key] = resource;
            }
        }

        if (location.Resource.Root.Key == location.Key && location.Source.TryGetProperty("$schema", out var dialect))
        {
            location.Resource.Keywords = KeywordsOf(location, dialect);
        }

        Name(location, "$anchor");
        Name(location, "$dynamicAnchor");
        return location;
    }

    private void Name(SchemaLocation location, string keyword)
    {
        if (location.Source.TryGetProperty(keyword, out var name))
        {
            if (name.ValueKind is not JsonValueKind.String || !IsAnchor(name.GetString()!))
            {
                Wrong(location, keyword, $"`{keyword}` must be a name: a letter or `_`, then letters, digits, `-`, `_` and `.`.");
            }
            else if (!location.Resource.Anchors.TryAdd(name.GetString()!, location) && location.Resource.Anchors[name.GetString()!].Key != location.Key)
            {
                Wrong(location, keyword, $"Another schema here is called `{name.GetString()}` already.");
            }
            else if (keyword == "$dynamicAnchor")
            {
                location.Resource.DynamicAnchors.Add(name.GetString()!);
            }
        }
    }

    private ImmutableHashSet<string> KeywordsOf(SchemaLocation location, JsonElement dialect)
    {
        if (dialect.ValueKind is JsonValueKind.String && dialect.GetString()!.TrimEnd('#') == Vocabularies.Dialect)
        {
            return Vocabularies.All;
        }

        if (options.IsStrict || dialect.ValueKind is not JsonValueKind.String)
        {
            Wrong(location, "$schema", $"`$schema` must be \"{Vocabularies.Dialect}\".");
            return Vocabularies.All;
        }

        var remote = options.Remotes.FirstOrDefault(r => r.Key.TrimEnd('#') == dialect.GetString()!.TrimEnd('#'));
        if (remote.Key is not null && Vocabularies.Of(remote.Value) is { } keywords)
        {
            return keywords;
        }

        Wrong(location, "$schema", remote.Key is null
            ? $"`$schema` names a dialect that is not known: it is neither \"{Vocabularies.Dialect}\" nor among the remotes."
            : "`$schema` names a dialect that requires a vocabulary which is not known.");
        return Vocabularies.All;
    }

    // Where a pointer passes into a part that has a URI of its own, references there are resolved by that one.
    private SchemaLocation? Walk(SchemaLocation start, string pointer)
    {
        var location = start;
        foreach (var escaped in pointer[1..].Split('/'))
        {
            var segment = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (location.Source.ValueKind is JsonValueKind.Object && location.Source.TryGetProperty(segment, out var member))
            {
                location = location.Part(segment, member);
            }
            else if (location.Source.ValueKind is JsonValueKind.Array && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < location.Source.GetArrayLength())
            {
                location = location.Part(segment, location.Source[index]);
            }
            else
            {
                return null;
            }

            location = Enter(location);
        }

        return location;
    }

    private static bool IsAnchor(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static string KeyOf(Uri uri)
    {
        var text = uri.AbsoluteUri;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? text : text[..hash];
    }

    private void Wrong(SchemaLocation location, string keyword, string message) => problems.Add(new(location.Path + Pointer.Join(keyword), keyword, message));
}
