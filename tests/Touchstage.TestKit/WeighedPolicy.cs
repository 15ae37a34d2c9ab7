using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Policies;
using Touchstage.Safety.Schemas;

namespace Touchstage.TestKit;

/// <summary>A manifest's guardrails on their own, weighed as the stage <c>judge</c> weighs them, for those who may not see the library's inside.</summary>
public sealed class WeighedPolicy
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Capability capability;

    private WeighedPolicy(Capability capability) => this.capability = capability;

    /// <summary>Loads a manifest; one that does not load throws, with its problems.</summary>
    public static WeighedPolicy Load(string manifest)
    {
        var document = YamlReader.Read("capability.yaml", manifest);
        var read = CapabilityReader.Read(document, "capability");
        return read is not null && document.Problems.Count == 0 ? new(read) : throw new ArgumentException(string.Join('\n', document.Problems), nameof(manifest));
    }

    /// <summary>A decision to be made, with its arguments read into canonical form as they are once a call is validated.</summary>
    public Func<bool> Decision(string arguments, string settings, IEnumerable<string> roles)
    {
        var canonical = Parse(arguments);
        var (tenantSettings, held) = (Parse(settings).Root, roles.ToImmutableArray());
        return () => Permits(canonical, tenantSettings, held);
    }

    private static CanonicalJson Parse(string text) => CanonicalJson.Parse(text).TryGet(out var json, out var refusal) ? json : throw new ArgumentException(refusal.Reason, nameof(text));

    private bool Permits(CanonicalJson arguments, JsonElement settings, ImmutableArray<string> roles)
    {
        var noFacts = ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal);
        var input = new PolicyInput(capability, arguments, "ann", roles, "bench", "acme", settings, Noon, noFacts);
        return Guardrails.Weigh(capability.Rules, input).Verdict == Verdict.Permitted;
    }
}
