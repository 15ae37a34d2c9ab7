using System.Collections.Immutable;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Derives the types of a capability's conditions from its own schemas.</summary>
internal static class PolicyTypesBuilder
{
    public static PolicyTypes Build(JsonSchema input, ImmutableSortedDictionary<string, JsonSchema> settings, IEnumerable<FactDeclaration> facts)
    {
        var declared = facts.ToArray();
        var arguments = SchemaTypes.Of("args", input);
        var settingsType = CelType.Object(
            "tenant.settings", settings.Select(s => KeyValuePair.Create(s.Key, new CelField(SchemaTypes.Of($"tenant.settings.{s.Key}", s.Value), Optional: s.Value.Default is null))));
        var factTypes = declared.ToImmutableSortedDictionary(f => f.Name, f => SchemaTypes.Of($"facts.{f.Name}", f.Output), StringComparer.Ordinal);
        var environment = new ConditionEnvironment(new Dictionary<string, CelType>(StringComparer.Ordinal)
        {
            ["args"] = arguments,
            ["caller"] = Fixed("caller", ("subject", CelType.String), ("roles", CelType.List(CelType.String)), ("client", CelType.String)),
            ["tenant"] = Fixed("tenant", ("id", CelType.String), ("settings", settingsType)),
            ["facts"] = CelType.Object("facts", factTypes.Select(f => KeyValuePair.Create(f.Key, new CelField(f.Value)))),
            ["call"] = Fixed("call", ("capability", CelType.String), ("connection", CelType.String)),
            ["now"] = CelType.Timestamp,
        })
        {
            Sizes = new SchemaSizes(input, settings, declared.ToImmutableSortedDictionary(f => f.Name, f => f.Output, StringComparer.Ordinal)),
        };
        return new(environment, arguments, settingsType, factTypes, SchemaDomains.Of(input, settings, declared));
    }

    private static CelType Fixed(string name, params (string Name, CelType Type)[] members) =>
        CelType.Object(name, members.Select(m => KeyValuePair.Create(m.Name, new CelField(m.Type))));
}
