using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads a tenant's manifest and checks it against the catalog: all problems at once, and no tenant if there is one.</summary>
internal sealed class TenantManifestReader
{
    private static readonly string[] Effects = ["review", "forbid"];
    private readonly ManifestDocument document;
    private readonly ManifestSection root;
    private readonly ImmutableSortedDictionary<string, Capability> catalog;

    private TenantManifestReader(ManifestDocument document, ImmutableSortedDictionary<string, Capability> catalog)
    {
        this.document = document;
        this.catalog = catalog;
        root = ManifestSection.Of(document);
    }

    /// <summary>The tenant, or null if the document has a problem.</summary>
    public static Tenant? Read(ManifestDocument document, ImmutableSortedDictionary<string, Capability> catalog) =>
        document.IsSound ? new TenantManifestReader(document, catalog).Read() : null;

    private Tenant? Read()
    {
        var given = root.RequiredText("tenant");
        if (!TenantId.TryParse(given, out var id) && given.Length > 0)
        {
            root.Report("tenant", $"`{given}` is not a name for a tenant.", "use a-z, 0-9 and -, at most 63, first and last a letter or digit.");
        }

        var name = root.RequiredText("name");
        var (patterns, capabilities) = ReadCapabilities();
        var connections = ConnectionReader.Read(root);
        CheckConnections(capabilities, connections);
        var settings = ReadSettings(capabilities);
        var webhooks = WebhookReader.Read(root, [.. capabilities.Select(c => c.Capability.Name)]);
        var policy = ReadPolicy(capabilities);
        var limits = new TenantLimitReader(root, [.. capabilities.Select(c => c.Capability)]).Read();
        root.Done();
        return document.IsSound && id is not null
            ? new(id, name, settings, patterns, connections, webhooks, policy, CanonicalJson.Of(document.Root.DeepClone()).Digest) { Limits = limits }
            : null;
    }

    private (ImmutableArray<string> Patterns, IReadOnlyList<(Capability Capability, string Pointer)> Capabilities) ReadCapabilities()
    {
        root.Require("capabilities");
        var patterns = root.Texts("capabilities");
        var found = new List<(Capability, string)>();
        foreach (var (pattern, pointer) in patterns)
        {
            var matches = catalog.Values.Where(c => CapabilityPattern.Matches(pattern, c)).ToArray();
            if (matches.Length == 0)
            {
                var known = catalog.Keys.Concat(catalog.Values.Select(c => c.Path).Where(p => p.Contains('/', StringComparison.Ordinal)).Select(p => $"{p[..p.LastIndexOf('/')]}/*")).Distinct(StringComparer.Ordinal);
                document.Report(
                    pointer, $"There is no capability `{pattern}`.",
                    NearestName.Suggest(pattern, known) ?? "name a capability, or folder/* for all of a folder.");
            }

            found.AddRange(matches.Select(m => (m, pointer)));
        }

        return ([.. patterns.Select(p => p.Text)], [.. found.DistinctBy(f => f.Item1.Name, StringComparer.Ordinal)]);
    }

    private void CheckConnections(IReadOnlyList<(Capability Capability, string Pointer)> capabilities, ImmutableSortedDictionary<string, Connection> connections)
    {
        foreach (var (capability, pointer) in capabilities)
        {
            if (!connections.TryGetValue(capability.Connection, out var connection))
            {
                document.Report(
                    pointer, $"`{capability.Name}` goes through the connection `{capability.Connection}`, which the tenant does not have.",
                    $"declare `{capability.Connection}` under connections, or leave the capability out.");
            }
            else if (TenantBinding.CredentialPlaceTaken(capability, connection) is { } place)
            {
                document.Report(
                    root.At("connections") + $"/{capability.Connection}/auth/{place}", $"`{capability.Name}` sets the {(place == AuthParameter.Header ? "header" : "query parameter")} that carries this connection's secret.",
                    "use another place for the key, or leave the capability out.");
            }
        }
    }

    private JsonElement ReadSettings(IReadOnlyList<(Capability Capability, string Pointer)> capabilities)
    {
        if (root.Section("settings") is not { } settings)
        {
            return CanonicalJson.Of(new JsonObject()).Root;
        }

        var known = catalog.Values.SelectMany(c => c.Settings.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var canonical = CanonicalJson.Of(root.Node("settings")).Root;
        foreach (var name in settings.Keys)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                settings.ReportKey(name, $"No capability declares the setting `{name}`.", NearestName.Suggest(name, known) ?? "remove it.");
            }

            foreach (var (capability, _) in capabilities.Where(c => c.Capability.Settings.ContainsKey(name)))
            {
                foreach (var problem in capability.Settings[name].Validate(canonical.GetProperty(name)))
                {
                    document.Report(
                        settings.At(name) + problem.Path, $"The setting `{name}` does not fit what {capability.Name} declares: {problem.Message}",
                        "correct the value.");
                }
            }
        }

        return canonical;
    }

    private ImmutableArray<TenantRule> ReadPolicy(IReadOnlyList<(Capability Capability, string Pointer)> capabilities)
    {
        var rules = ImmutableArray.CreateBuilder<TenantRule>();
        foreach (var (_, section) in root.Sections("policy"))
        {
            if (ReadRule(section, capabilities) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules.ToImmutable();
    }

    private TenantRule? ReadRule(ManifestSection section, IReadOnlyList<(Capability Capability, string Pointer)> capabilities)
    {
        var because = section.Text("because");
        var names = section.Texts("for");
        foreach (var (name, pointer) in names.Where(n => capabilities.All(c => c.Capability.Name != n.Text)))
        {
            document.Report(
                pointer, $"The tenant has no capability `{name}`.",
                NearestName.Suggest(name, capabilities.Select(c => c.Capability.Name)) ?? "name one of the tenant's capabilities.");
        }

        var isShadow = RuleMode.IsShadow(section);
        var given = Effects.Where(section.Has).ToArray();
        if (section.Keys.Contains("allow", StringComparer.Ordinal))
        {
            section.Has("allow");
            section.ReportKey(
                "allow", "A tenant's rule cannot allow: a tenant can tighten a capability, never loosen it.",
                "write `review` or `forbid`, or change the capability's own policy.");
            return null;
        }

        section.Done();
        if (given is not [var effect])
        {
            document.Report(section.Pointer, "A tenant's rule has exactly one of `review` and `forbid`.", "write a rule for each.");
            return null;
        }

        return CheckCondition(section, effect, [.. capabilities.Select(c => c.Capability).Where(c => names.Count == 0 || names.Any(n => n.Text == c.Name))])
            ? new(effect, section.Node(effect)!.ToString().Trim(), because, [.. names.Select(n => n.Text)], isShadow)
            : null;
    }

    // The condition is held to each capability's own types; one wrong for several is told once, with the first of them.
    private static bool CheckCondition(ManifestSection section, string effect, IReadOnlyList<Capability> capabilities)
    {
        if (ConditionSource.Read(section, effect) is not { } text)
        {
            return false;
        }

        if (capabilities.FirstOrDefault(c => !Condition.Compile(text, c.Types.Environment, CelType.Bool).IsLoaded) is not { } wrong)
        {
            return true;
        }

        ConditionSource.Compile(section, effect, wrong.Types.Environment, CelType.Bool);
        section.Report(effect, $"The rule does not check for the capability `{wrong.Name}`.", "name the capabilities that it is for: for: [name].");
        return false;
    }
}
