using System.Text.Json;

namespace Touchstage.Safety.Conditions.TaggedValues;

/// <summary>One expression with the variables that it is tried on.</summary>
internal sealed class Trial : IConditionInput
{
    private readonly Dictionary<string, CelValue> variables;

    private Trial(string expression, ConditionEnvironment environment, Dictionary<string, CelValue> variables, bool isCheckOnly)
    {
        Expression = expression;
        Environment = environment;
        this.variables = variables;
        IsCheckOnly = isCheckOnly;
    }

    public string Expression { get; }

    public ConditionEnvironment Environment { get; }

    public bool IsCheckOnly { get; }

    /// <summary>The trial that a line asks for, or what is wrong with the line.</summary>
    public static (Trial? Trial, string? Problem) Read(JsonElement line, bool plain)
    {
        if (line.ValueKind != JsonValueKind.Object || Member(line, "expr", JsonValueKind.String) is not { } expression)
        {
            return (null, "A line is a JSON object with the expression's text as 'expr'.");
        }

        if (ReadVariables(line, plain, out var variables) is { } wrong)
        {
            return (null, wrong);
        }

        if (Declarations.Read(line) is not { } declarations)
        {
            return (null, "'typeEnv' is a list of { name, type } and { name, function: [{ params, result, member }] }.");
        }

        if (Flag(line, "disableCheck") is not { } isUnchecked || Flag(line, "disableMacros") is not { } isWithoutMacros || Flag(line, "checkOnly") is not { } isCheckOnly)
        {
            return (null, "'disableCheck', 'disableMacros' and 'checkOnly' are true or false.");
        }

        if (Member(line, "container", JsonValueKind.String) is var container && container is null && IsThere(line, "container"))
        {
            return (null, "'container' is a text.");
        }

        // What has a value but no declaration is dyn: a person who tries something out need not declare it.
        var types = variables.Keys.ToDictionary(name => name, _ => CelType.Dyn, StringComparer.Ordinal);
        foreach (var (name, type) in declarations.Variables)
        {
            types[name] = isUnchecked ? CelType.Dyn : type;
        }

        var environment = new ConditionEnvironment(types)
        {
            Profile = isUnchecked ? ConditionProfile.Unchecked : ConditionProfile.Standard,
            Container = container?.GetString() ?? "",
            HasMacros = !isWithoutMacros,
            Functions = declarations.Functions,
        };
        return (new(expression.GetString()!, environment, variables, isCheckOnly), null);
    }

    /// <inheritdoc/>
    public CelValue Resolve(string variable) => variables.GetValueOrDefault(variable) ?? CelValue.Failed($"{variable} has no value.");

    private static string? ReadVariables(JsonElement line, bool plain, out Dictionary<string, CelValue> variables)
    {
        variables = new(StringComparer.Ordinal);
        if (!IsThere(line, "vars"))
        {
            return null;
        }

        if (Member(line, "vars", JsonValueKind.Object) is not { } given)
        {
            return "'vars' is an object of values by name.";
        }

        foreach (var variable in given.EnumerateObject())
        {
            var value = plain ? CelValue.From(variable.Value, CelType.Dyn, variable.Name) : TaggedValue.Read(variable.Value);
            if (value.Flaw is { } flaw)
            {
                return $"The value of '{variable.Name}' cannot be read: {flaw.Message}";
            }

            variables.Add(variable.Name, value);
        }

        return null;
    }

    private static bool IsThere(JsonElement line, string name) => line.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    private static JsonElement? Member(JsonElement line, string name, JsonValueKind kind) =>
        line.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    private static bool? Flag(JsonElement line, string name) =>
        !IsThere(line, name) ? false : line.GetProperty(name).ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
}
