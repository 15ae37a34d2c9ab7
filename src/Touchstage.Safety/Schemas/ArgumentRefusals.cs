using System.Collections.Immutable;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>Why received JSON is refused before anything is decided about it.</summary>
internal static class ArgumentRefusals
{
    public static readonly RefusalCode InvalidArguments =
        RefusalCode.Define("invalid_arguments", "The arguments do not fit the capability's input schema; the problems say where and why.");

    public static readonly RefusalCode NotJson =
        RefusalCode.Define("arguments_not_json", "The text is not one JSON value in UTF-8.");

    public static readonly RefusalCode TooLarge =
        RefusalCode.Define("arguments_too_large", "The JSON is over 1 MiB, nests deeper than 64 levels or has more than 10,000 values.");

    public static readonly RefusalCode NotCanonical =
        RefusalCode.Define(
            "arguments_not_canonical",
            "The JSON has no exact canonical form (RFC 8785): a duplicate key, a lone surrogate, or a number that a double does not hold exactly.");

    /// <summary>The arguments do not fit; the reason lists every problem, so that a model can mend its call from the text alone.</summary>
    public static Refusal Invalid(ImmutableArray<Problem> problems) => new(InvalidArguments, List(problems), problems);

    internal static Refusal Of(CanonicalFault fault)
    {
        var problem = new Problem(fault.Path, fault.Rule, fault.Message);
        return new(fault.Code, problem.Path.Length == 0 ? fault.Message : $"At {problem.Path}: {fault.Message}", [problem]);
    }

    private static string List(ImmutableArray<Problem> problems)
    {
        var lines = problems.Select(p => $"- {(p.Path.Length == 0 ? "(the arguments as a whole)" : p.Path)}: {p.Message}");
        return $"The arguments do not fit the input schema. Mend these and call again:\n{string.Join('\n', lines)}";
    }
}
