using System.Collections.Immutable;
using System.Globalization;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Conditions;

/// <content>Variables, members, presence and indexes.</content>
internal sealed partial class TypeChecker
{
    private TypedExpression CheckRead(Expression expression, ImmutableHashSet<string> known)
    {
        var tree = CheckMember(expression, known);
        if (tree is TypedExpression.Attribute attribute)
        {
            paths.Add(attribute.Path);
        }

        return tree;
    }

    /// <summary>Like a read, but a path that goes on is not yet counted as one.</summary>
    private TypedExpression CheckMember(Expression expression, ImmutableHashSet<string> known)
    {
        var tree = CheckName(expression) ?? expression switch
        {
            Expression.Identifier identifier => CheckUnknownName(identifier),
            Expression.Select { IsOptional: true } select => CheckOptionalSelect(select, known),
            Expression.Select select => CheckSelect(select, CheckMember(select.Operand, known), known),
            _ => CheckTree(expression, known),
        };
        return tree with { Span = expression.Span };
    }

    private TypedExpression CheckSelect(Expression.Select select, TypedExpression operand, ImmutableHashSet<string> known)
    {
        bool isChained = operand.Type is CelType.OptionalOf;
        var (type, isOptional) = MemberType(select, operand);
        if (isOptional && !isChained && IsPolicy && (GuardOf(operand, select.Field) is not { } guard || !known.Contains(guard)))
        {
            ReportAbsent(select, operand);
        }

        if (operand is not TypedExpression.Attribute attribute || isChained)
        {
            return new TypedExpression.Select(operand, select.Field, isChained ? CelType.Optional(type) : type);
        }

        return new TypedExpression.Attribute(attribute.Variable, attribute.Members.Add(select.Field), PathOf(attribute.Path, select.Field), type);
    }

    private void ReportAbsent(Expression.Select select, TypedExpression operand)
    {
        string? path = ShownPath(operand);
        string shown = path is null ? select.Field : PathOf(path, select.Field);
        Report(select.Span, $"'{shown}' is optional and may be absent here.",
            path is null ? $"Name what it is asked of: cel.bind(x, …, has({PathOf("x", select.Field)}) && …)" : $"Guard it: has({shown}) && …");
    }

    private TypedExpression.OptionalSelect CheckOptionalSelect(Expression.Select select, ImmutableHashSet<string> known)
    {
        var operand = CheckMember(select.Operand, known);
        var (type, _) = MemberType(select, operand);
        string? path = operand is TypedExpression.Attribute attribute ? PathOf(attribute.Path, select.Field) : null;
        if (path is not null)
        {
            paths.Add(path);
        }

        return new(operand, select.Field, path, CelType.Optional(type));
    }

    private (CelType Type, bool IsOptional) MemberType(Expression.Select select, TypedExpression operand)
    {
        var owner = operand.Type is CelType.OptionalOf optional ? optional.Content : operand.Type;
        switch (owner)
        {
            case CelType.ObjectOf shape when shape.Fields.TryGetValue(select.Field, out var field):
                return (field.Type, field.Optional);
            case CelType.ObjectOf shape:
                Report(select.FieldSpan, $"'{ShownPath(operand) ?? shape.Name}' has no member '{select.Field}'.", NearestName.Suggest(select.Field, shape.Fields.Keys));
                return (CelType.Dyn, false);
            case CelType.MapOf map when TypeRelation.CanBeEqual(map.Key, CelType.String):
                return (map.Value, false);
            case CelType.Anything:
                return (CelType.Dyn, false);
            default:
                Report(select.FieldSpan, $"A {operand.Type} has no members.",
                    FunctionCatalog.Find(select.Field).Any(o => o.IsMember) ? $"A call is written '{select.Field}(…)'." : null);
                return (CelType.Dyn, false);
        }
    }

    private (TypedExpression Tree, Guards Guards) CheckHas(Expression.Has has, ImmutableHashSet<string> known)
    {
        var operand = CheckMember(has.Member.Operand, known);
        MemberType(has.Member, operand);
        string? path = operand is TypedExpression.Attribute attribute ? PathOf(attribute.Path, has.Member.Field) : null;
        if (path is not null)
        {
            paths.Add(path);
        }

        string? guard = GuardOf(operand, has.Member.Field);
        var present = guard is null ? Guards.NoPaths : Guards.NoPaths.Add(guard);
        return (new TypedExpression.Presence(operand, has.Member.Field, path), new Guards(present, Guards.NoPaths));
    }

    private TypedExpression CheckIndex(Expression.Index index, ImmutableHashSet<string> known)
    {
        var operand = CheckRead(index.Operand, known) with { Span = index.Operand.Span };
        var key = CheckTree(index.Key, known);
        bool isChained = operand.Type is CelType.OptionalOf;
        var element = ElementType(index, operand.Type is CelType.OptionalOf optional ? optional.Content : operand.Type, key);
        return index.IsOptional ? new TypedExpression.OptionalIndex(operand, key, CelType.Optional(element))
            : new TypedExpression.Index(operand, key, isChained ? CelType.Optional(element) : element);
    }

    private CelType ElementType(Expression.Index index, CelType container, TypedExpression key)
    {
        switch (container)
        {
            case CelType.ListOf list:
                if (!TypeRelation.Accepts(CelType.Int, key.Type))
                {
                    Report(index.Key.Span, $"A list is indexed by int, not by {key.Type}.");
                }

                return list.Element;
            case CelType.MapOf map:
                if (!TypeRelation.CanBeEqual(map.Key, key.Type))
                {
                    Report(index.Key.Span, $"This map is indexed by {map.Key}, not by {key.Type}.");
                }

                return map.Value;
            case CelType.Anything:
                return CelType.Dyn;
            default:
                Report(index.Span, $"A {container} has no index.", container is CelType.ObjectOf ? "Write its member with a dot." : null);
                return CelType.Dyn;
        }
    }

    /// <summary>
    /// What names the member in the set of those that are surely present; null if what it is asked of may be another value each time.
    /// </summary>
    private static string? GuardOf(TypedExpression operand, string member) => GuardOf(operand) is { } owner ? PathOf(owner, member) : null;

    private static string? GuardOf(TypedExpression tree) => tree switch
    {
        TypedExpression.Attribute attribute => attribute.Path,

        // Invariant: of two locals that are alive together none has the other's slot, and no guard outlives its local.
        TypedExpression.Local local => string.Create(CultureInfo.InvariantCulture, $"{local.Name}#{local.Slot}"),
        TypedExpression.Select select => GuardOf(select.Operand, select.Member),
        TypedExpression.Index { Key: TypedExpression.Constant { Value: var key } } index when GuardOf(index.Operand) is { } owner => $"{owner}[{key}]",
        TypedExpression.Index index when GuardOf(index.Operand) is { } owner && GuardOf(index.Key) is { } key => $"{owner}[({key})]",
        _ => null,
    };

    /// <summary>How a path is written, or null if the expression is none.</summary>
    private static string? ShownPath(TypedExpression tree) => tree switch
    {
        TypedExpression.Attribute attribute => attribute.Path,
        TypedExpression.Local local => local.Name,
        TypedExpression.Select select => ShownPath(select.Operand) is { } owner ? PathOf(owner, select.Member) : null,
        TypedExpression.Index { Key: TypedExpression.Constant { Value: var key } } index => ShownPath(index.Operand) is { } owner ? $"{owner}[{key}]" : null,
        TypedExpression.Index index => ShownPath(index.Operand) is { } owner && ShownPath(index.Key) is { } key ? $"{owner}[{key}]" : null,
        _ => null,
    };

    private static string PathOf(string owner, string member)
    {
        bool isWord = member.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(member[0]);
        return $"{owner}.{(isWord ? member : $"`{member}`")}";
    }
}
