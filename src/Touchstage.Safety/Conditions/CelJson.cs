using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Touchstage.Safety.Conditions;

/// <summary>Writes values as JSON text, for explanations.</summary>
internal static class CelJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default, MaxDepth = ConditionLimits.ValueDepth + 2 };

    public static string Write(CelValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, CelValue value)
    {
        switch (value.Kind)
        {
            case CelKind.Null:
                writer.WriteNullValue();
                break;
            case CelKind.Bool:
                writer.WriteBooleanValue(value.AsBool);
                break;
            case CelKind.Int:
                writer.WriteNumberValue(value.AsInt);
                break;
            case CelKind.Uint:
                writer.WriteNumberValue(value.AsUint);
                break;
            case CelKind.Optional when value.AsOptional is { } content:
                Write(writer, content);
                break;
            case CelKind.Optional:
                writer.WriteNullValue();
                break;
            case CelKind.Double when double.IsFinite(value.AsDouble):
                writer.WriteNumberValue(value.AsDouble);
                break;
            case CelKind.List:
                writer.WriteStartArray();
                foreach (var item in value.AsList)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case CelKind.Map:
                writer.WriteStartObject();
                foreach (var (key, member) in value.AsMap.OrderBy(m => KeyText(m.Key), StringComparer.Ordinal))
                {
                    writer.WritePropertyName(KeyText(key));
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(Text(value));
                break;
        }
    }

    private static string KeyText(CelValue key) => key.Kind switch
    {
        CelKind.String => key.AsString,
        CelKind.Bool => key.AsBool ? "true" : "false",
        CelKind.Uint => key.AsUint.ToString(CultureInfo.InvariantCulture),
        _ => key.AsInt.ToString(CultureInfo.InvariantCulture),
    };

    private static string Text(CelValue value) => value.Kind switch
    {
        CelKind.String => value.AsString,
        CelKind.Double => value.AsDouble.ToString("R", CultureInfo.InvariantCulture),
        CelKind.Type => value.AsTypeName,
        CelKind.Bytes => Convert.ToBase64String(value.AsBytes.AsSpan()),
        CelKind.Timestamp => CelTime.FormatTimestamp(value.AsTimestamp),
        CelKind.Duration => CelTime.FormatDuration(value.AsDuration),
        CelKind.Unknown => $"(unknown: {string.Join(", ", value.Names)})",
        _ => $"(failed: {value.Message})",
    };
}
