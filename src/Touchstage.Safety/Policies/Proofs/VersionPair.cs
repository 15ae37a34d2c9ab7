using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions.Analysis;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies.Proofs;

/// <summary>Puts two versions of a capability side by side: which values both read alike, and which calls only the newer takes.</summary>
internal sealed class VersionPair(Capability older, Capability newer)
{
    private const int MostDefaults = 4;

    /// <summary>Every combination of the settings whose default changed being set or not.</summary>
    public IEnumerable<VersionScenario> Scenarios()
    {
        var changed = newer.Settings.Keys.Where(name => older.Settings.TryGetValue(name, out var before) && Text(before.Default) != Text(newer.Settings[name].Default)).ToArray();
        var (bounds, renamed, foreign) = Common();
        if (changed.Length > MostDefaults)
        {
            var all = changed.Select(name => TermText.PathOf("tenant.settings", [name])).ToArray();
            return [new(all.Aggregate(bounds, Rename), renamed.AddRange(all), [], foreign, " (too many settings have another default)")];
        }

        return Enumerable.Range(0, 1 << changed.Length).Select(bits =>
        {
            var unset = changed.Where((_, i) => (bits & (1 << i)) != 0).ToImmutableArray();
            var (region, paths) = (bounds, renamed);
            foreach (var name in unset)
            {
                var path = TermText.PathOf("tenant.settings", [name]);
                region = SchemaDomains.Exactly(region, path, newer.Settings[name], newer.Settings[name].Default);
                var before = SchemaDomains.Exactly(older.Types.Bounds, path, older.Settings[name], older.Settings[name].Default);
                region = region.With(TermText.Rename(path), before.Find(path)!).With(TermText.Has(TermText.Rename(path)), before.Find(TermText.Has(path))!);
                paths = paths.Add(path);
            }

            // What is outside of the older schemas is told once, where every setting is free.
            return new VersionScenario(
                region, paths, unset, unset.IsEmpty ? foreign : [], unset.IsEmpty ? "" : $", where the tenant does not set {string.Join(", ", unset)} (its default changed),");
        });
    }

    /// <summary>A part of a manifest as canonical text; of a request, without how long it may take.</summary>
    public static string Part(Capability capability, string key)
    {
        if (!capability.Manifest.Root.TryGetProperty(key, out var part))
        {
            return "";
        }

        var node = JsonNode.Parse(part.GetRawText());
        if (node is JsonObject mapping)
        {
            mapping.Remove("timeout");
            mapping.Remove("max_bytes");
        }

        return node?.ToJsonString() ?? "";
    }

    private (Region Bounds, ImmutableArray<string> Renamed, ImmutableArray<(string, Region)> Foreign) Common()
    {
        var bounds = newer.Types.Bounds;
        var renamed = ImmutableArray.CreateBuilder<string>();
        var foreign = ImmutableArray.CreateBuilder<(string, Region)>();
        if (WithoutProperties(older.Input) != WithoutProperties(newer.Input)
            || (Part(older, "input") != Part(newer, "input") && !(older.Input.IsPublishedWhole() && newer.Input.IsPublishedWhole())))
        {
            foreign.Add(("The input's own keywords changed", bounds));
        }

        foreach (var name in older.Input.Properties.Keys.Union(newer.Input.Properties.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var path = TermText.PathOf("args", [name]);
            var (before, now) = (older.Input.Properties.GetValueOrDefault(name), newer.Input.Properties.GetValueOrDefault(name));
            AddPresence(name, path, bounds, foreign);
            bounds = before is null ? bounds : Compare($"The argument {name}", path, before, now, bounds, renamed, foreign);
        }

        foreach (var (name, before) in older.Settings)
        {
            bounds = Compare($"The setting {name}", TermText.PathOf("tenant.settings", [name]), before, newer.Settings.GetValueOrDefault(name), bounds, renamed, foreign);
        }

        foreach (var name in older.Facts.Keys.Where(n => Facts(older, n) != Facts(newer, n)))
        {
            var path = TermText.PathOf("facts", [name]);
            renamed.Add(path);
            bounds = Rename(bounds, path);
        }

        return (bounds, renamed.ToImmutable(), foreign.ToImmutable());
    }

    private void AddPresence(string name, string path, Region bounds, ImmutableArray<(string, Region)>.Builder foreign)
    {
        var (isOld, isNew) = (older.Input.Properties.ContainsKey(name), newer.Input.Properties.ContainsKey(name));
        if (!isOld)
        {
            foreign.Add(($"The argument {name} is new", bounds.With(TermText.Has(path), Domain.True).With(path, bounds.Find(path)!.Without(Kinds.Failed))));
        }
        else if (older.Input.Required.Contains(name) && !newer.Input.Required.Contains(name))
        {
            foreign.Add(($"The argument {name} may be left out now", isNew ? bounds.With(TermText.Has(path), Domain.False).With(path, Domain.Failure) : bounds));
        }
    }

    private Region Compare(
        string what, string path, JsonSchema before, JsonSchema? now, Region bounds, ImmutableArray<string>.Builder renamed, ImmutableArray<(string, Region)>.Builder foreign)
    {
        if (now is null)
        {
            // The newer cannot read it; the older reads it as it was, or not at all.
            return Below(older.Types.Bounds, path).Aggregate(bounds, (all, key) => all.With(key, older.Types.Bounds.Find(key)!.With(Kinds.Failed | (key.StartsWith("has(", StringComparison.Ordinal) ? Kinds.Bool : Kinds.None))));
        }

        if (SchemaChange.Outside(before, now) is { } outside)
        {
            foreach (var domain in outside.Select(d => d.Intersect(bounds.Find(path)!)).Where(d => !d.IsEmpty))
            {
                foreign.Add(($"{what} may be {DomainText.Of(domain)} now", bounds.With(path, domain).With(TermText.Has(path), Domain.True)));
            }

            return bounds;
        }

        foreign.Add(($"The schema of {what.ToLowerInvariant()[4..]} changed", bounds));
        renamed.Add(path);
        return Rename(bounds, path);
    }

    private Region Rename(Region bounds, string path) => Below(older.Types.Bounds, path)
        .Aggregate(bounds, (all, key) => all.With(
            key.StartsWith("has(", StringComparison.Ordinal) ? TermText.Has(TermText.Rename(key[4..^1])) : TermText.Rename(key), older.Types.Bounds.Find(key)!));

    private static IEnumerable<string> Below(Region region, string path) =>
        region.Keys.Where(k => (k.StartsWith("has(", StringComparison.Ordinal) ? k[4..^1] : k) is var of && (of == path || of.StartsWith($"{path}.", StringComparison.Ordinal)));

    private static string Facts(Capability capability, string name)
    {
        var facts = JsonNode.Parse(Part(capability, "facts") is { Length: > 0 } text ? text : "{}") as JsonObject;
        if (facts?[name] is not JsonObject fact)
        {
            return "";
        }

        fact.Remove("timeout");
        fact.Remove("max_bytes");
        return fact.ToJsonString() + VersionPair.Part(capability, "connection");
    }

    private static string WithoutProperties(JsonSchema schema)
    {
        var node = JsonNode.Parse(schema.Publish().GetRawText()) as JsonObject;
        foreach (var key in new[] { "properties", "required", "title", "description", "default", "examples" })
        {
            node?.Remove(key);
        }

        return node?.ToJsonString() ?? "";
    }

    private static string Text(JsonElement? value) => value?.GetRawText() ?? "";
}
