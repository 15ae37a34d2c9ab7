using System.Collections.Immutable;
using System.Globalization;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads one limit of an allow rule: <c>count: 5, per: 1h, by: [caller]</c> or <c>sum: args.amount, max: 500, per: 1d, by: [tenant]</c>.</summary>
internal sealed class LimitReader(ManifestSection limit, ArgumentTable? arguments, PolicyTypes? types)
{
    private static readonly string[] Subjects = ["caller", "tenant"];
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The limit, or null after a report.</summary>
    public LimitDeclaration? Read()
    {
        var isSum = limit.Has("sum");
        if (isSum == limit.Has("count"))
        {
            limit.Document.Report(
                limit.Pointer, "A limit has exactly one of `count` and `sum`.",
                "write `count: 5` for how often, or `sum: args.amount` with `max: 500` for how much.");
        }

        var (summand, max) = isSum ? ReadSum() : (null, ReadMost("count", isWhole: true));
        limit.Require("per");
        var window = limit.Duration("per", TimeSpan.FromHours(1), Shortest, Longest);
        var dimensions = ReadDimensions();
        var isHard = limit.Flag("hard");
        var refuses = limit.Has("then");
        limit.Word("then", "refuse", "refuse");
        limit.Done();
        if (max is not { } most || (isSum && summand is null))
        {
            return null;
        }

        var measure = isSum ? LimitMeasure.Sum : LimitMeasure.Count;
        var label = string.Create(
            CultureInfo.InvariantCulture,
            $"{(isSum ? $"sum {summand!.Text} max" : "count")} {most} per {ManifestDuration.Render(window)} by {string.Join(", ", dimensions)}");
        return new(measure, summand, most, window, dimensions, isHard, refuses, label);
    }

    private (Condition? Summand, decimal? Max) ReadSum()
    {
        limit.Require("max");
        var max = ReadMost("max", isWhole: false);
        if (types is null)
        {
            ConditionSource.Read(limit, "sum");
            return (null, max);
        }

        // Only the arguments: what an approved step counts must not hang on a fact or a setting of another moment.
        var environment = new ConditionEnvironment(new Dictionary<string, CelType>(StringComparer.Ordinal) { ["args"] = types.Arguments });
        return (ConditionSource.Compile(limit, "sum", environment, CelType.Number), max);
    }

    private decimal? ReadMost(string name, bool isWhole)
    {
        if (!limit.Has(name))
        {
            return null;
        }

        if (limit.Number(name) is { } number && number > 0 && (!isWhole || number == decimal.Truncate(number)))
        {
            return number;
        }

        limit.Report(name, $"`{name}` must be a {(isWhole ? "whole " : "")}number greater than 0.", $"write `{name}: {(isWhole ? "5" : "500")}`.");
        return null;
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
