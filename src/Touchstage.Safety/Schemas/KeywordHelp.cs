using System.Collections.Immutable;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>What is said of a keyword that is not enforced.</summary>
internal static class KeywordHelp
{
    private static readonly ImmutableDictionary<string, string> Older = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["definitions"] = "$defs",
        ["dependencies"] = "dependentRequired` or `dependentSchemas",
        ["additionalItems"] = "prefixItems` with `items",
        ["$recursiveRef"] = "$dynamicRef",
        ["$recursiveAnchor"] = "$dynamicAnchor",
        ["id"] = "$id",
        ["nullable"] = "type: [..., \"null\"]",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static string Unknown(string name) =>
        Older.TryGetValue(name, out var now) ? $"`{name}` is no keyword of draft 2020-12; write `{now}`."
        : NearestName.Find(name, Vocabularies.All) is { } nearest ? $"`{Echo.Text(name)}` is not a keyword that is enforced here; did you mean `{nearest}`?"
        : $"`{Echo.Text(name)}` is not a keyword that is enforced here; take it out.";
}
