namespace Touchstage.Safety.Conditions;

/// <content>Macros, as loops over slots of the run.</content>
internal static partial class OperationCompiler
{
    private static readonly CelValue NoElements = CelValue.Failed("A macro needs a list or a map.");

    private static Operation Bind(TypedExpression.Bind bind)
    {
        var (value, body) = (Compile(bind.Value), Compile(bind.Body));
        return run =>
        {
            run.SetLocal(bind.Variable.Slot, value(run));
            return body(run);
        };
    }

    private static Operation Comprehension(TypedExpression.Comprehension macro)
    {
        var range = Compile(macro.Range);
        var filter = macro.Filter is null ? null : Compile(macro.Filter);
        var result = macro.Result is null ? null : Compile(macro.Result);
        Func<EvaluationRun, CelValue, CelValue> walk = macro.Kind switch
        {
            ComprehensionKind.All => (run, value) => Quantified(run, macro, value, filter!, deciding: false),
            ComprehensionKind.Exists => (run, value) => Quantified(run, macro, value, filter!, deciding: true),
            ComprehensionKind.ExistsOne => (run, value) => Collected(run, macro, value, filter, result, kept => CelValue.Of(kept.Count == 1)),
            ComprehensionKind.Filter or ComprehensionKind.Map => (run, value) =>
                Collected(run, macro, value, filter, result, kept => Built(run, CelValue.List(kept.Select(k => k.Value)))),
            ComprehensionKind.TransformMap => (run, value) => Collected(run, macro, value, filter, result, kept => Built(run, CelValue.Map(kept))),
            ComprehensionKind.TransformMapEntry => (run, value) => Collected(run, macro, value, filter, result, kept => Merged(run, kept)),
            _ => (run, value) => OverOptional(run, macro, value, result!),
        };
        return run => range(run) is var value && value.IsValue ? walk(run, value) : value;
    }

    /// <summary>Like a chain of <c>&amp;&amp;</c> or <c>||</c>: the deciding value wins over every error, and an unknown over an error.</summary>
    private static CelValue Quantified(EvaluationRun run, TypedExpression.Comprehension macro, CelValue range, Operation test, bool deciding)
    {
        if (Elements(run, macro, range) is not { } elements)
        {
            return NoElements;
        }

        CelValue? unknown = null, failed = null;
        foreach (var element in elements)
        {
            var value = Step(run, macro, element, test);
            if (run.IsExhausted || (value.Kind == CelKind.Bool && value.AsBool == deciding))
            {
                return value;
            }

            if (value.Kind == CelKind.Unknown)
            {
                unknown = unknown is null ? value : CelValue.Unknown(unknown.Names.Union(value.Names));
            }
            else if (value.Kind != CelKind.Bool)
            {
                failed ??= value.Kind == CelKind.Failed ? value : CelValue.Failed("The test of a macro needs a bool.");
            }
        }

        return unknown ?? failed ?? CelValue.Of(!deciding);
    }

    /// <summary>Keeps the elements that pass, or what they become. Every one matters, so an error is final and an unknown is needed.</summary>
    private static CelValue Collected(
        EvaluationRun run, TypedExpression.Comprehension macro, CelValue range, Operation? filter, Operation? result,
        Func<List<KeyValuePair<CelValue, CelValue>>, CelValue> finish)
    {
        if (Elements(run, macro, range) is not { } elements)
        {
            return NoElements;
        }

        var kept = new List<KeyValuePair<CelValue, CelValue>>();
        CelValue? unknown = null;
        foreach (var element in elements)
        {
            if (Kept(run, macro, element, filter, result) is not { } value)
            {
                continue;
            }

            if (value.Kind == CelKind.Failed)
            {
                return value;
            }

            if (value.Kind == CelKind.Unknown)
            {
                unknown = unknown is null ? value : CelValue.Unknown(unknown.Names.Union(value.Names));
            }
            else
            {
                kept.Add(new(element.Key, value));
            }
        }

        return unknown ?? finish(kept);
    }

    /// <summary>What the element becomes, or null if it does not pass.</summary>
    private static CelValue? Kept(
        EvaluationRun run, TypedExpression.Comprehension macro, KeyValuePair<CelValue, CelValue> element, Operation? filter, Operation? result)
    {
        var passes = filter is null ? CelValue.True : Step(run, macro, element, filter);
        return passes switch
        {
            { IsValue: false } => passes,
            { Kind: not CelKind.Bool } => CelValue.Failed("The test of a macro needs a bool."),
            { AsBool: false } => null,
            _ => result is null ? element.Value : Step(run, macro, element, result),
        };
    }

    private static CelValue Merged(EvaluationRun run, List<KeyValuePair<CelValue, CelValue>> kept) =>
        kept.Exists(k => k.Value.Kind != CelKind.Map)
            ? CelValue.Failed("'transformMapEntry' needs a map of each element.")
            : Built(run, CelValue.Map(kept.SelectMany(k => k.Value.AsMap)));

    private static CelValue OverOptional(EvaluationRun run, TypedExpression.Comprehension macro, CelValue optional, Operation result)
    {
        if (optional.Kind != CelKind.Optional || optional.AsOptional is not { } content)
        {
            return optional.Kind == CelKind.Optional ? optional : CelValue.Failed("'optMap' and 'optFlatMap' need an optional.");
        }

        var value = Step(run, macro, new(content, content), result);
        return !value.IsValue ? value
            : macro.Kind == ComprehensionKind.OptionalMap ? CelValue.OptionalOf(value)
            : value.Kind == CelKind.Optional ? value : CelValue.Failed("'optFlatMap' needs an optional.");
    }

    private static CelValue Step(EvaluationRun run, TypedExpression.Comprehension macro, KeyValuePair<CelValue, CelValue> element, Operation operation)
    {
        if (!run.Spend(1))
        {
            return EvaluationRun.Exhausted;
        }

        bool isPair = macro.Variables.Length == 2;
        run.SetLocal(macro.Variables[0].Slot, isPair ? element.Key : element.Value);
        if (isPair)
        {
            run.SetLocal(macro.Variables[1].Slot, element.Value);
        }

        return run.Trace is null ? operation(run) : run.Trace.FollowElement(macro, element, operation, run);
    }

    /// <summary>
    /// What is walked over: index and element, key and value, or, with one name over a map, key and key. A map's keys come in their order,
    /// not in that of their hashes, so the same values always come to the same.
    /// </summary>
    private static IEnumerable<KeyValuePair<CelValue, CelValue>>? Elements(EvaluationRun run, TypedExpression.Comprehension macro, CelValue range)
    {
        if (range.Kind == CelKind.List)
        {
            return range.AsList.Select((item, i) => KeyValuePair.Create(CelValue.Of((long)i), item));
        }

        if (range.Kind != CelKind.Map || !run.Spend(range.AsMap.Count))
        {
            return range.Kind == CelKind.Map ? [] : null;
        }

        var sorted = range.AsMap.OrderBy(e => e.Key, CelOrder.Keys);
        return macro.Variables.Length == 2 ? sorted : sorted.Select(e => KeyValuePair.Create(e.Key, e.Key));
    }
}
