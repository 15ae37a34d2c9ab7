namespace Touchstage.Safety.Conditions.Analysis;

/// <summary>Says what a term may be, as people say it: <c>&gt; 0 and &lt; 50</c>, <c>'EUR' or 'USD'</c>.</summary>
internal static class DomainText
{
    private const int MostNamed = 8;

    public static string Of(Domain domain)
    {
        var parts = new List<string>();
        var kinds = domain.Kinds & ~Kinds.Failed;
        if ((kinds & Kinds.Number) != Kinds.None)
        {
            parts.AddRange(domain.Numbers.Pieces.Take(MostNamed).Select(Of));
        }

        parts.AddRange(kinds.HasFlag(Kinds.True) ? ["true"] : []);
        parts.AddRange(kinds.HasFlag(Kinds.False) ? ["false"] : []);
        parts.AddRange(kinds.HasFlag(Kinds.Null) ? ["null"] : []);
        parts.AddRange(kinds.HasFlag(Kinds.Text) ? [Of(domain.Texts)] : []);
        parts.AddRange(kinds.HasFlag(Kinds.List) ? [$"a list{Counted(domain.Counts, "items")}"] : []);
        parts.AddRange(kinds.HasFlag(Kinds.Other) ? ["anything"] : []);
        return parts.Count == 0 ? "nothing that can be read" : string.Join(" or ", parts);
    }

    /// <summary>An interval of numbers; its ends as they are written without a fraction where they have none.</summary>
    public static string Of(Interval interval)
    {
        var hasLow = interval.Low.Kind != CelKind.Double || double.IsFinite(interval.Low.AsDouble);
        var hasHigh = interval.High.Kind != CelKind.Double || double.IsFinite(interval.High.AsDouble);
        if (interval.IsPoint)
        {
            return interval.Low.ToString();
        }

        return (hasLow, hasHigh) switch
        {
            (true, true) when !interval.IsLowOpen && !interval.IsHighOpen => $"{interval.Low} to {interval.High}",
            (true, true) => $"{Low(interval)} and {High(interval)}",
            (true, false) => Low(interval),
            (false, true) => High(interval),
            _ => "any number",
        };
    }

    private static string Of(TextSet texts)
    {
        var named = string.Join(texts.IsExcept ? ", " : " or ", texts.Named.Take(MostNamed).Select(t => TermText.Literal(CelValue.Of(t))));
        named = texts.Named.Count > MostNamed ? $"{named}, …" : named;
        return !texts.IsExcept ? named
            : $"{(texts.Lengths == Sizes.Any ? "any text" : $"a text{Counted(texts.Lengths, "characters")}")}{(texts.Named.IsEmpty ? "" : $" but {named}")}";
    }

    private static string Counted(Sizes sizes, string of) => sizes switch
    {
        { Least: 0, Most: long.MaxValue } => "",
        { Least: 0 } => FormattableString.Invariant($" of at most {sizes.Most} {of}"),
        _ when sizes.Least == sizes.Most => FormattableString.Invariant($" of {sizes.Least} {of}"),
        { Most: long.MaxValue } => FormattableString.Invariant($" of at least {sizes.Least} {of}"),
        _ => FormattableString.Invariant($" of {sizes.Least} to {sizes.Most} {of}"),
    };

    private static string Low(Interval interval) => $"{(interval.IsLowOpen ? ">" : ">=")} {interval.Low}";

    private static string High(Interval interval) => $"{(interval.IsHighOpen ? "<" : "<=")} {interval.High}";
}
