using Touchstage.Safety.Conditions;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>The static types of what the conditions of a <c>verify</c> can read.</summary>
/// <param name="Environment">The variables <c>answer args step</c> with their types.</param>
/// <param name="Answer">The type of <c>answer</c>.</param>
/// <param name="Arguments">The type of <c>args</c>: without sensitive ones, which an answer never shows.</param>
internal sealed record VerifyTypes(ConditionEnvironment Environment, CelType Answer, CelType Arguments)
{
    public static VerifyTypes Of(JsonSchema input, JsonSchema output)
    {
        var answer = SchemaTypes.Of("answer", output);
        var arguments = CelType.Object(
            "args",
            input.Properties.Where(p => !input.Reach.Property(p.Key).HoldsSensitive)
                .Select(p => KeyValuePair.Create(p.Key, new CelField(SchemaTypes.Of($"args.{p.Key}", p.Value), Optional: !input.Required.Contains(p.Key)))));
        return new(
            new(new Dictionary<string, CelType>(StringComparer.Ordinal) { ["answer"] = answer, ["args"] = arguments, ["step"] = CelType.String }),
            answer,
            arguments);
    }
}
