using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Conditions;

/// <content>Calls that are macros: what they name and test is read here, so that a local name is never taken for a variable.</content>
internal sealed partial class Parser
{
    /// <summary>The macros by name, with the numbers of names and of expressions that each form takes.</summary>
    private static readonly FrozenDictionary<string, (ComprehensionKind Kind, ImmutableArray<(int Names, int Expressions)> Forms)> Macros =
        new Dictionary<string, (ComprehensionKind, ImmutableArray<(int, int)>)>(StringComparer.Ordinal)
        {
            ["all"] = (ComprehensionKind.All, [(1, 1), (2, 1)]),
            ["exists"] = (ComprehensionKind.Exists, [(1, 1), (2, 1)]),
            ["exists_one"] = (ComprehensionKind.ExistsOne, [(1, 1)]),
            ["existsOne"] = (ComprehensionKind.ExistsOne, [(1, 1), (2, 1)]),
            ["filter"] = (ComprehensionKind.Filter, [(1, 1)]),
            ["map"] = (ComprehensionKind.Map, [(1, 1), (1, 2)]),
            ["transformList"] = (ComprehensionKind.Map, [(2, 1), (2, 2)]),
            ["transformMap"] = (ComprehensionKind.TransformMap, [(2, 1), (2, 2)]),
            ["transformMapEntry"] = (ComprehensionKind.TransformMapEntry, [(2, 1), (2, 2)]),
            ["optMap"] = (ComprehensionKind.OptionalMap, [(1, 1)]),
            ["optFlatMap"] = (ComprehensionKind.OptionalFlatMap, [(1, 1)]),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of the macros that are called on a value.</summary>
    public static ImmutableArray<string> MacroNames { get; } = Macros.Keys;

    /// <summary>The call, or the macro that it is.</summary>
    private Expression? Called(Expression.Call call)
    {
        if (!hasMacros || call.Target is null)
        {
            return call;
        }

        if (call.Target is Expression.Identifier { Name: "cel" } && call is { Name: "bind", Arguments.Length: 3 })
        {
            return NameOf(call.Arguments[0], call) is { } name ? new Expression.Bind(call.Span, name, call.Arguments[1], call.Arguments[2]) : null;
        }

        if (!Macros.TryGetValue(call.Name, out var macro))
        {
            return call;
        }

        var form = macro.Forms.FirstOrDefault(f => f.Names + f.Expressions == call.Arguments.Length);
        return form.Names > 0 ? Expand(call, macro.Kind, form.Names, form.Expressions) : call;
    }

    private Expression.Comprehension? Expand(Expression.Call call, ComprehensionKind kind, int names, int expressions)
    {
        var variables = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in call.Arguments.Take(names))
        {
            if (NameOf(argument, call) is not { } name)
            {
                return null;
            }

            if (variables.Contains(name, StringComparer.Ordinal))
            {
                Fail(argument.Span, $"'{name}' names both what '{call.Name}' walks over.", "Give them different names.");
                return null;
            }

            variables.Add(name);
        }

        bool isTest = kind is ComprehensionKind.All or ComprehensionKind.Exists or ComprehensionKind.ExistsOne or ComprehensionKind.Filter;
        var filter = isTest || expressions == 2 ? call.Arguments[names] : null;
        return new(call.Span, kind, call.Target!, variables.ToImmutable(), filter, isTest ? null : call.Arguments[^1]);
    }

    private string? NameOf(Expression argument, Expression.Call call)
    {
        if (argument is Expression.Identifier { IsRooted: false } name)
        {
            return name.Name;
        }

        Fail(argument.Span, $"'{call.Name}' takes a name here.", $"Write {(call.Name == "bind" ? "cel.bind(x, value, expression)" : $"{call.Name}(x, …)")}.");
        return null;
    }
}
