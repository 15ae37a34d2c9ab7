using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

internal sealed class DictionaryInput(params (string Name, CelValue Value)[] variables) : IConditionInput
{
    private readonly Dictionary<string, CelValue> values = variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    public CelValue Resolve(string variable) => values.GetValueOrDefault(variable) ?? CelValue.Failed($"{variable} is missing.");
}
