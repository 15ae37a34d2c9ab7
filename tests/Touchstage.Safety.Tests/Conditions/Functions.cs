using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

/// <summary>Calls a function of the language by its name, as an evaluation would.</summary>
internal static class Functions
{
    public static CelValue Call(string name, params CelValue[] arguments) =>
        FunctionCatalog.Find(name).FirstOrDefault(o => o.Holds(arguments)) is { } overload
            ? overload.Apply(arguments)
            : throw new InvalidOperationException($"No form of {name} takes these.");

    /// <summary>What the call comes to as JSON, or why it failed.</summary>
    public static string Told(string name, params CelValue[] arguments) => Call(name, arguments) is var value && value.IsValue ? value.ToString() : value.Message;

    public static bool Takes(string name, params CelValue[] arguments) => FunctionCatalog.Find(name).Any(o => o.Holds(arguments));
}
