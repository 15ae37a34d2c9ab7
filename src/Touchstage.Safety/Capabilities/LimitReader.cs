using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Capabilities;

/// <summary>
/// Reads one limit of an allow rule: <c>count: 5, per: 1h, by: [caller]</c>, <c>sum: args.amount, max: 500, per: 1d, by: [tenant]</c> or <c>concurrent: 1, by: [args.id]</c>.
/// </summary>
internal sealed class LimitReader(ManifestSection limit, ArgumentTable? arguments, PolicyTypes? types)
{
    private static readonly string[] Subjects = ["caller", "tenant"];

    /// <summary>The limit, or null after a report.</summary>
    public LimitDeclaration? Read()
    {
        var terms = LimitTermsReader.Read(limit);
        var summand = limit.Has("sum") ? ReadSummand() : null;
        var dimensions = ReadDimensions();
        limit.Done();
        if (terms is null || (terms.Measure is LimitMeasure.Sum && summand is null))
        {
            return null;
        }

        var label = $"{terms.Describe(summand?.Text)} by {string.Join(", ", dimensions)}";
        return new(terms.Measure, summand, terms.Max, terms.Window, dimensions, terms.IsHard, terms.Refuses, label);
    }

    private Condition? ReadSummand()
    {
        if (types is null)
        {
            ConditionSource.Read(limit, "sum");
            return null;
        }

        return ConditionSource.Compile(limit, "sum", LimitSummand.Environment(types), CelType.Number);
    }

    private ImmutableArray<string> ReadDimensions()
    {
        if (!limit.Require("by"))
        {
            return [];
        }

        var by = limit.Texts("by");
        if (by.Count == 0)
        {
            limit.Report("by", "`by` names nothing.", "write by: [caller], by: [tenant] or by: [args.NAME].");
        }

        foreach (var (name, pointer) in by.Where(b => !Subjects.Contains(b.Text, StringComparer.Ordinal)))
        {
            CheckDimension(name, pointer);
        }

        return [.. by.Select(b => b.Text).Order(StringComparer.Ordinal)];
    }

    private void CheckDimension(string name, string pointer)
    {
        var argument = name.StartsWith("args.", StringComparison.Ordinal) ? name[5..] : null;
        if (argument is null || arguments?.Names.Contains(argument, StringComparer.Ordinal) == false)
        {
            var known = Subjects.Concat(arguments?.Names.Select(n => $"args.{n}") ?? []);
            limit.Document.Report(pointer, $"`{name}` is nothing to count by.", NearestName.Suggest(name, known) ?? "write caller, tenant or args.NAME.");
        }
        else if (arguments is not null && (!arguments.IsRequired(argument) || !arguments.IsScalar(argument) || arguments.IsSensitive(argument)))
        {
            limit.Document.Report(
                pointer, $"`{name}` cannot be counted by: it must be required, a text, number or truth value, and not sensitive.", "change the argument's schema, or count by caller or tenant.");
        }
    }
}
