using System.Globalization;
using System.Text;

namespace Touchstage.Safety.Conditions;

/// <summary>What <c>%s</c> writes: texts bare, lists in brackets, maps in braces in the order of their keys' texts.</summary>
internal static class ValueText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly IComparer<CelValue> ByCodePoint = Comparer<CelValue>.Create((a, b) => CelOrder.Compare(a, b) ?? 0);

    /// <summary>Writes the value; null, or why it has no text.</summary>
    public static CelValue? Write(BoundedText result, CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.List:
                return WriteList(result, value);
            case CelKind.Map:
                return WriteMap(result, value);
            case CelKind.Bytes:
                return WriteBytes(result, value);
            default:
                string? text = Plain(value);
                result.Append(text);
                return text is null ? CelValue.Failed("'%s' does not take this type of value.") : null;
        }
    }

    private static CelValue? WriteList(BoundedText result, CelValue list)
    {
        result.Append('[');
        for (int i = 0; i < list.AsList.Length && !result.IsFull; i++)
        {
            result.Append(i == 0 ? "" : ", ");
            if (Write(result, list.AsList[i]) is { } failure)
            {
                return failure;
            }
        }

        result.Append(']');
        return null;
    }

    private static CelValue? WriteMap(BoundedText result, CelValue map)
    {
        result.Append('{');
        string separator = "";
        foreach (var (key, value) in map.AsMap.Select(e => (Key: CelValue.Of(Plain(e.Key)!), e.Value)).OrderBy(e => e.Key, ByCodePoint))
        {
            result.Append(separator);
            result.Append(key.AsString);
            result.Append(": ");
            separator = ", ";
            if ((result.IsFull ? BoundedResult.Failure : Write(result, value)) is { } failure)
            {
                return failure;
            }
        }

        result.Append('}');
        return null;
    }

    private static CelValue? WriteBytes(BoundedText result, CelValue bytes)
    {
        try
        {
            result.Append(StrictUtf8.GetString(bytes.AsBytes.AsSpan()));
            return null;
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Failed("The bytes are not UTF-8.");
        }
    }

    private static string? Plain(CelValue value) => value.Kind switch
    {
        CelKind.Null => "null",
        CelKind.Bool => value.AsBool ? "true" : "false",
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => DoubleText.Plain(value.AsDouble),
        CelKind.String => value.AsString,
        CelKind.Timestamp => CelTime.FormatTimestamp(value.AsTimestamp),
        CelKind.Duration => CelTime.FormatDuration(value.AsDuration),
        CelKind.Type => value.AsTypeName,
        _ => null,
    };
}
