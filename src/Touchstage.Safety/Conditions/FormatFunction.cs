using System.Collections.Immutable;
using System.Globalization;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>
/// The function <c>format</c>: <c>%s</c>, <c>%d</c>, <c>%f</c>, <c>%e</c>, <c>%b</c>, <c>%o</c>, <c>%x</c> and <c>%X</c> take the next value each, <c>%%</c> is a percent sign;
/// a number of decimals may stand before the verb, as in <c>%.2f</c>.
/// </summary>
internal static class FormatFunction
{
    private const int UsualPrecision = 6;

    public static ImmutableArray<Overload> All { get; } =
        [Member("format", [CelType.String, CelType.List(CelType.Dyn)], CelType.String, a => Format(a[0].AsString, a[1].AsList))];

    private static CelValue Format(string form, ImmutableArray<CelValue> values)
    {
        var result = new BoundedText();
        int taken = 0;
        for (int at = 0; at < form.Length && !result.IsFull; at++)
        {
            int percent = form.IndexOf('%', at);
            result.Append(percent < 0 ? form.AsSpan(at) : form.AsSpan(at, percent - at));
            if (percent < 0)
            {
                break;
            }

            at = percent + 1;
            if (at < form.Length && form[at] == '%')
            {
                result.Append('%');
                continue;
            }

            if (!TryPrecision(form, ref at, out int precision))
            {
                return CelValue.Failed($"'%.' needs a number of decimals, at most {ConditionLimits.Precision}.");
            }

            if (at == form.Length)
            {
                return CelValue.Failed("The format ends in the middle of a verb.");
            }

            if (taken == values.Length)
            {
                return CelValue.Failed("The format has more verbs than there are values.");
            }

            if (FormatVerbs.Write(result, form[at], precision, values[taken++]) is { } failure)
            {
                return failure;
            }
        }

        return result.Value;
    }

    /// <summary>Reads <c>.</c> and digits where they stand, and steps over them.</summary>
    private static bool TryPrecision(string form, ref int at, out int precision)
    {
        precision = UsualPrecision;
        if (at == form.Length || form[at] != '.')
        {
            return true;
        }

        int start = ++at;
        while (at < form.Length && char.IsAsciiDigit(form[at]))
        {
            at++;
        }

        return int.TryParse(form.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision) && precision <= ConditionLimits.Precision;
    }
}
