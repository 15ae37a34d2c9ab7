using System.Collections.Immutable;
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
    private TypedExpression CheckMember(Expression expression, ImmutableHashSet<string> known) => expression switch
    {
        Expression.Identifier identifier => CheckVariable(identifier),
        Expression.Select select => CheckSelect(select, CheckMember(select.Operand, known), known),
        _ => CheckTree(expression, known),
    };

    private TypedExpression CheckVariable(Expression.Identifier identifier)
    {
        if (environment.Variables.TryGetValue(identifier.Name, out var type))
        {
            return new TypedExpression.Attribute(identifier.Name, [], identifier.Name, type);
        }

        bool isFunction = FunctionCatalog.Names.Contains(identifier.Name, StringComparer.Ordinal);
        Report(identifier.Span, isFunction ? $"'{identifier.Name}' is a function, not a value." : $"There is no variable '{identifier.Name}'.",
            isFunction ? null : NearestName.Suggest(identifier.Name, environment.Variables.Keys));
        return Broken();
    }

    private TypedExpression CheckSelect(Expression.Select select, TypedExpression operand, ImmutableHashSet<string> known)
    {
        var (type, isOptional) = MemberType(select, operand);
        if (operand is not TypedExpression.Attribute attribute)
        {
            return new TypedExpression.Select(operand, select.Field, type);
        }

        string path = PathOf(attribute, select.Field);
        if (isOptional && !known.Contains(path))
        {
            Report(select.Span, $"'{path}' is optional and may be absent here.", $"Guard it: has({path}) && …");
        }

        return new TypedExpression.Attribute(attribute.Variable, attribute.Members.Add(select.Field), path, type);
    }

    private (CelType Type, bool IsOptional) MemberType(Expression.Select select, TypedExpression operand)
    {
        switch (operand.Type)
        {
            case CelType.ObjectOf shape when shape.Fields.TryGetValue(select.Field, out var field):
                return (field.Type, field.Optional);
            case CelType.ObjectOf shape:
                string owner = operand is TypedExpression.Attribute attribute ? attribute.Path : shape.Name;
                Report(select.FieldSpan, $"'{owner}' has no member '{select.Field}'.", NearestName.Suggest(select.Field, shape.Fields.Keys));
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
        string? path = operand is TypedExpression.Attribute attribute ? PathOf(attribute, has.Member.Field) : null;
        if (path is not null)
        {
            paths.Add(path);
        }

        var present = path is null ? Guards.NoPaths : Guards.NoPaths.Add(path);
        return (new TypedExpression.Presence(operand, has.Member.Field, path), new Guards(present, Guards.NoPaths));
    }

    private TypedExpression.Index CheckIndex(Expression.Index index, ImmutableHashSet<string> known)
    {
        var operand = CheckRead(index.Operand, known);
        var key = CheckTree(index.Key, known);
        switch (operand.Type)
        {
            case CelType.ListOf list:
                if (!TypeRelation.Accepts(CelType.Int, key.Type))
                {
                    Report(index.Key.Span, $"A list is indexed by int, not by {key.Type}.");
                }

                return new(operand, key, list.Element);
            case CelType.MapOf map:
                if (!TypeRelation.CanBeEqual(map.Key, key.Type))
                {
                    Report(index.Key.Span, $"This map is indexed by {map.Key}, not by {key.Type}.");
                }

                return new(operand, key, map.Value);
            case CelType.Anything:
                return new(operand, key, CelType.Dyn);
            default:
                Report(index.Span, $"A {operand.Type} has no index.", operand.Type is CelType.ObjectOf ? "Write its member with a dot." : null);
                return new(operand, key, CelType.Dyn);
        }
    }

    private static string PathOf(TypedExpression.Attribute attribute, string member)
    {
        bool isWord = member.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(member[0]);
        return $"{attribute.Path}.{(isWord ? member : $"`{member}`")}";
    }

    private static TypedExpression.Constant Broken() => new(CelValue.Failed("The condition did not load."), CelType.Dyn);
}
