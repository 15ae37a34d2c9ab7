using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>A schema inside another: under which keyword it stands, and for which property, pattern or index of it.</summary>
/// <param name="Keyword">The keyword, such as <c>properties</c> or <c>anyOf</c>.</param>
/// <param name="Name">The property or the pattern; empty where the keyword has none.</param>
/// <param name="Schema">What stands there, or where the reference leads.</param>
/// <param name="Pattern">The compiled pattern of <c>patternProperties</c>, else null.</param>
internal sealed record SchemaPart(string Keyword, string Name, JsonSchema Schema, Pattern? Pattern = null)
{
    /// <summary>Whether it is applied to the same value as the schema around it, and not to a part of that value.</summary>
    public bool IsInPlace => Keyword is "$ref" or "$dynamicRef" or "allOf" or "anyOf" or "oneOf" or "not" or "if" or "then" or "else" or "dependentSchemas";

    /// <summary>Whether a value that fits the schema around it always fits this one, too.</summary>
    public bool IsAlways => Keyword is "$ref" or "$dynamicRef" or "allOf";
}
