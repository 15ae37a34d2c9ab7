using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies;

/// <summary>All that conditions can read. What is not in it no policy can depend on: neither the user's request nor the model's reasoning.</summary>
/// <param name="Capability">The capability, for its types and the <c>call</c> variable.</param>
/// <param name="Arguments">The canonical arguments.</param>
/// <param name="Subject">The caller's normalised subject.</param>
/// <param name="Roles">The caller's roles.</param>
/// <param name="Client">The caller's program.</param>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Settings">The tenant's settings, defaults filled in.</param>
/// <param name="Now">The instant of judging.</param>
/// <param name="Facts">The facts that were looked up so far.</param>
internal sealed record PolicyInput(
    Capability Capability,
    CanonicalJson Arguments,
    string Subject,
    ImmutableArray<string> Roles,
    string Client,
    string Tenant,
    JsonElement Settings,
    DateTimeOffset Now,
    ImmutableSortedDictionary<string, FactAnswer> Facts) : IConditionInput
{
    /// <inheritdoc/>
    public CelValue Resolve(string variable) => variable switch
    {
        "args" => CelValue.From(Arguments.Root, Capability.Types.Arguments, "args"),
        "caller" => CelValue.Map(
            ("subject", CelValue.Of(Subject)), ("roles", CelValue.Texts(Roles)), ("client", CelValue.Of(Client))),
        "tenant" => CelValue.Map(("id", CelValue.Of(Tenant)), ("settings", CelValue.From(Settings, Capability.Types.Settings, "tenant.settings"))),
        "facts" => CelValue.Map([.. Capability.Facts.Keys.Select(name => (name, Fact(name)))]),
        "call" => CelValue.Map(("capability", CelValue.Of(Capability.Name)), ("connection", CelValue.Of(Capability.Connection))),
        "now" => CelValue.Of(Now),
        _ => CelValue.Failed($"there is no variable {variable}"),
    };

    private CelValue Fact(string name) => Facts.TryGetValue(name, out var answer)
        ? answer.Value is { } value ? CelValue.From(value.Root, Capability.Types.Facts[name], $"facts.{name}") : CelValue.Failed(answer.Failure ?? "the look-up failed")
        : CelValue.Unknown(name);
}
