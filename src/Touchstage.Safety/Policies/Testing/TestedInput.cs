using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Testing;

/// <summary>A call of a test as the guardrails see it.</summary>
internal sealed class TestedInput
{
    private static readonly TenantId Tenant = TenantId.Parse("acme");
    private static readonly ImmutableSortedDictionary<string, FactAnswer> NoFacts = ImmutableSortedDictionary.Create<string, FactAnswer>(StringComparer.Ordinal);

    private readonly Capability capability;
    private readonly PolicyInput input;
    private readonly JsonElement? given;

    private TestedInput(Capability capability, PolicyInput input, JsonElement? given, string principalKey) =>
        (this.capability, this.input, this.given, PrincipalKey) = (capability, input, given, principalKey);

    /// <summary>What limits by caller count under.</summary>
    public string PrincipalKey { get; }

    /// <summary>Reads it, and holds its arguments to the schema as a real call's are.</summary>
    public static Result<TestedInput> Read(Capability capability, PolicyTest test, PolicyTestCall call)
    {
        if (!CanonicalJson.From(call.World.Arguments ?? default).TryGet(out var arguments, out var refusal))
        {
            return refusal;
        }

        if (capability.Input.Validate(arguments) is [_, ..] problems)
        {
            return ArgumentRefusals.Invalid(problems);
        }

        var caller = call.World.Caller;
        if (!Principal.TryCreate(Tenant, "touchstage", Text(caller, "subject") ?? "test-agent", null, out var principal))
        {
            return SessionRefusals.Unknown();
        }

        var settings = TenantBinding.Settings(test.Settings ?? default, capability) ?? throw new InvalidOperationException("A test's settings fit, or its manifest would not be loaded.");
        var read = new PolicyInput(
            capability, arguments, principal.Subject, Roles(caller), Text(caller, "client") ?? "test", Tenant.Value, settings, call.At, NoFacts);
        return new TestedInput(capability, read, call.World.Facts, principal.Key);
    }

    /// <summary>Weighs the rules as a real call's judge does: a fact is looked up once the verdict hangs on it.</summary>
    public (PolicyInput Input, Weighing Weighing) Judge()
    {
        var known = input;
        var weighing = Guardrails.Weigh(capability.Rules, known);
        while (!weighing.Needs.IsEmpty)
        {
            known = known with { Facts = known.Facts.AddRange(weighing.Needs.Select(name => KeyValuePair.Create(name, Answer(capability.Facts[name])))) };
            weighing = Guardrails.Weigh(capability.Rules, known);
        }

        return (known, weighing);
    }

    /// <summary>The same with every fact that the test gives.</summary>
    public PolicyInput WithAllGiven(PolicyInput known) => known with
    {
        Facts = known.Facts.SetItems(capability.Facts.Values.Where(fact => Given(fact) is not null).Select(fact => KeyValuePair.Create(fact.Name, Answer(fact)))),
    };

    private JsonElement? Given(FactDeclaration fact) =>
        given is { ValueKind: JsonValueKind.Object } answers && answers.TryGetProperty(fact.Name, out var value) ? value : null;

    private FactAnswer Answer(FactDeclaration fact)
    {
        if (Given(fact) is not { } value)
        {
            return new(null, "the test gives no answer for it", null);
        }

        return CanonicalJson.From(value).TryGet(out var answer, out var refusal)
            ? fact.Output.Validate(answer) is [var problem, ..] ? new(null, $"{problem.Path} {problem.Message}", null) : new(answer, null, null)
            : new(null, refusal.Reason, null);
    }

    private static string? Text(JsonElement? caller, string name) =>
        caller is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static ImmutableArray<string> Roles(JsonElement? caller) =>
        caller is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty("roles", out var roles)
            ? [.. roles.EnumerateArray().Select(role => role.GetString() ?? "")]
            : [];
}
