using System.Collections.Immutable;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Conditions;

/// <content>Names: local ones, variables (also qualified, in a container), and types.</content>
internal sealed partial class TypeChecker
{
    /// <summary>What a name, or a path that is a qualified name as a whole, stands for; null if it stands for nothing by itself.</summary>
    private TypedExpression? CheckName(Expression expression)
    {
        var (name, isRooted) = NameOf(expression);
        if (name is null)
        {
            return null;
        }

        string first = name.Split('.')[0];
        if (!isRooted && locals.FindLast(l => l.Name == first) is { } local)
        {
            return first.Length == name.Length ? local : null;
        }

        var candidates = environment.Candidates(name, isRooted).ToArray();
        if (Array.Find(candidates, environment.Variables.ContainsKey) is { } variable)
        {
            return new TypedExpression.Attribute(variable, [], variable, environment.Variables[variable]);
        }

        return Array.Find(candidates, TypeFunctions.IsType) is { } type ? new TypedExpression.Constant(CelValue.OfType(type), CelType.Type) : null;
    }

    private TypedExpression.Constant CheckUnknownName(Expression.Identifier identifier)
    {
        bool isFunction = FunctionCatalog.Names.Contains(identifier.Name, StringComparer.Ordinal);
        Report(identifier.Span, isFunction ? $"'{identifier.Name}' is a function, not a value." : $"There is no variable '{identifier.Name}'.",
            isFunction ? null : NearestName.Suggest(identifier.Name, environment.Variables.Keys.Concat(locals.Select(l => l.Name))));
        return Broken();
    }

    /// <summary>The name that a chain of identifiers spells; null if the expression is no such chain.</summary>
    private static (string? Name, bool IsRooted) NameOf(Expression expression) => expression switch
    {
        Expression.Identifier identifier => (identifier.Name, identifier.IsRooted),
        Expression.Select { IsOptional: false } select when NameOf(select.Operand) is ({ } name, var isRooted) => ($"{name}.{select.Field}", isRooted),
        _ => (null, false),
    };

    /// <summary>The forms of a function that is called by a qualified name, such as <c>math.least</c>; none if the name starts with a variable.</summary>
    private (string Name, ImmutableArray<Overload> Overloads) FindQualified(string name, bool isRooted)
    {
        string first = name.Split('.')[0];
        if (isRooted || locals.TrueForAll(l => l.Name != first))
        {
            foreach (string candidate in environment.Candidates(name, isRooted))
            {
                if (environment.Find(candidate) is { IsEmpty: false } found && found.RemoveAll(o => o.IsMember) is { IsEmpty: false } overloads)
                {
                    return (candidate, overloads);
                }
            }
        }

        return (name, []);
    }
}
