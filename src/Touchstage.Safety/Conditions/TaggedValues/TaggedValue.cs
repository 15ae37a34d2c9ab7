using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Touchstage.Safety.Conditions.TaggedValues;

/// <summary>
/// Values as JSON that keeps their kinds: <c>{"int":"1"}</c>, <c>{"list":[…]}</c>, <c>{"map":[[key, value]]}</c>, and their like. Texts carry
/// what JSON's numbers cannot.
/// </summary>
internal static class TaggedValue
{
    /// <summary>The value; one that is malformed failed, also inside a list or map.</summary>
    public static CelValue Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 1)
        {
            return CelValue.Failed("A tagged value is an object of one member, such as {\"int\":\"1\"}.");
        }

        var tag = json.EnumerateObject().Single();
        return tag.Value.ValueKind switch
        {
            JsonValueKind.String => ReadText(tag.Name, tag.Value.GetString()!),
            JsonValueKind.True or JsonValueKind.False when tag.Name == "bool" => CelValue.Of(tag.Value.GetBoolean()),
            JsonValueKind.True when tag.Name == "null" => CelValue.Null,
            JsonValueKind.Array when tag.Name == "list" => CelValue.List(tag.Value.EnumerateArray().Select(Read)),
            JsonValueKind.Array when tag.Name == "map" => ReadMap(tag.Value),
            JsonValueKind.Array when tag.Name == "optional" && tag.Value.GetArrayLength() < 2 =>
                tag.Value.GetArrayLength() == 0 ? CelValue.None : CelValue.OptionalOf(Read(tag.Value[0])),
            _ => Malformed(tag.Name),
        };
    }

    public static void Write(Utf8JsonWriter writer, CelValue value)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(NameOf(value.Kind));
        switch (value.Kind)
        {
            case CelKind.Null:
                writer.WriteBooleanValue(true);
                break;
            case CelKind.Bool:
                writer.WriteBooleanValue(value.AsBool);
                break;
            case CelKind.List:
                WriteAll(writer, value.AsList);
                break;
            case CelKind.Optional:
                WriteAll(writer, value.AsOptional is { } content ? [content] : []);
                break;
            case CelKind.Map:
                WriteMap(writer, value.AsMap);
                break;
            default:
                writer.WriteStringValue(Text(value));
                break;
        }

        writer.WriteEndObject();
    }

    private static CelValue ReadText(string tag, string text) => tag switch
    {
        "string" when !CelText.HasLoneSurrogate(text) => CelValue.Of(text),
        "int" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => CelValue.Of(whole),
        "uint" when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong natural) => CelValue.Of(natural),
        "double" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => CelValue.Of(number),
        "bytes" => ReadBytes(text),
        "timestamp" => CelTime.ParseTimestamp(text),
        "duration" => CelTime.ParseDuration(text),
        "type" when TypeFunctions.IsType(text) => CelValue.OfType(text),
        _ => Malformed(tag),
    };

    private static CelValue ReadBytes(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? CelValue.Of([.. bytes.AsSpan(0, length)]) : Malformed("bytes");
    }

    private static CelValue ReadMap(JsonElement entries)
    {
        bool isMap = entries.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Array && e.GetArrayLength() == 2);
        return isMap ? CelValue.Map(entries.EnumerateArray().Select(e => KeyValuePair.Create(Read(e[0]), Read(e[1])))) : Malformed("map");
    }

    private static CelValue Malformed(string tag) => CelValue.Failed($"This is no tagged value of kind '{tag}'.");

    private static string NameOf(CelKind kind) => kind switch
    {
        CelKind.Null => "null",
        CelKind.Bool => "bool",
        CelKind.Int => "int",
        CelKind.Uint => "uint",
        CelKind.Double => "double",
        CelKind.String => "string",
        CelKind.Bytes => "bytes",
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        CelKind.List => "list",
        CelKind.Map => "map",
        CelKind.Type => "type",
        CelKind.Optional => "optional",
        _ => throw new InvalidOperationException("What failed or is unknown is no value that can be written."),
    };

    private static string Text(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => Text(value.AsDouble),
        CelKind.Bytes => Convert.ToBase64String(value.AsBytes.AsSpan()),
        CelKind.Timestamp => CelTime.FormatTimestamp(value.AsTimestamp),
        CelKind.Duration => CelTime.FormatDuration(value.AsDuration),
        CelKind.Type => value.AsTypeName,
        _ => value.AsString,
    };

    private static string Text(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }

    private static void WriteAll(Utf8JsonWriter writer, ImmutableArray<CelValue> items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, ImmutableDictionary<CelValue, CelValue> map)
    {
        writer.WriteStartArray();
        foreach (var (key, value) in map.OrderBy(e => e.Key, CelOrder.Keys))
        {
            WriteAll(writer, [key, value]);
        }

        writer.WriteEndArray();
    }
}
