using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>Reads one JSON text and writes its RFC 8785 form in the same pass, or says what keeps it from having one.</summary>
internal sealed class CanonicalReader : IDisposable
{
    private readonly CanonicalLimits limits;
    private readonly MemoryStream written = new();
    private int values;

    private CanonicalReader(CanonicalLimits limits) => this.limits = limits;

    public static (byte[]? Bytes, CanonicalFault? Fault) Read(ReadOnlySpan<byte> utf8, CanonicalLimits limits)
    {
        if (utf8.Length > limits.Bytes)
        {
            return (null, CanonicalFault.TooLarge("size", $"The JSON text has {Echo.Count(utf8.Length, "byte", "bytes")}; at most {limits.Bytes} are accepted."));
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return (null, CanonicalFault.NotJson("The text is not valid UTF-8."));
        }

        using var pass = new CanonicalReader(limits);

        // One level more than allowed, so that too deep a text is told apart from a broken one.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.Depth + 1 });
        try
        {
            reader.Read();
            var fault = pass.Value(ref reader);
            if (fault is null && reader.Read())
            {
                fault = CanonicalFault.NotJson("There is text after the JSON value.");
            }

            return fault is null ? (pass.written.ToArray(), null) : (null, fault);
        }
        catch (JsonException broken)
        {
            return (null, CanonicalFault.NotJson(string.Create(
                CultureInfo.InvariantCulture, $"The text is not JSON: it breaks off or goes wrong at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.")));
        }
    }

    public void Dispose() => written.Dispose();

    private CanonicalFault? Value(ref Utf8JsonReader reader)
    {
        if (++values > limits.Values)
        {
            return CanonicalFault.TooLarge("count", $"The JSON has more than {limits.Values} values.");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= limits.Depth:
                return CanonicalFault.TooLarge("depth", $"The JSON nests deeper than {limits.Depth} levels.");
            case JsonTokenType.StartObject:
                return Members(ref reader);
            case JsonTokenType.StartArray:
                return Items(ref reader);
            case JsonTokenType.String:
                return TryText(ref reader, out var text) ? Put(CanonicalText.Quote(text)) : LoneSurrogate();
            case JsonTokenType.Number:
                return CanonicalNumber.TryWrite(reader.ValueSpan, out var number) ? Put(number) : Inexact(reader.ValueSpan);
            default:
                written.Write(reader.ValueSpan);
                return null;
        }
    }

    private CanonicalFault? Items(ref Utf8JsonReader reader)
    {
        Put("[");
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (index > 0)
            {
                Put(",");
            }

            if (Value(ref reader) is { } fault)
            {
                return fault.Under(index.ToString(CultureInfo.InvariantCulture));
            }
        }

        return Put("]");
    }

    private CanonicalFault? Members(ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var unsorted = new List<KeyValuePair<string, (int Start, int Length)>>();
        var begin = (int)written.Length;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!TryText(ref reader, out var name))
            {
                return LoneSurrogate();
            }

            if (!names.Add(name))
            {
                return CanonicalFault.NotCanonical("duplicateKey", "This key stands more than once in its object; each key may stand once.").Under(name);
            }

            var start = (int)written.Length;
            Put(CanonicalText.Quote(name));
            Put(":");
            reader.Read();
            if (Value(ref reader) is { } fault)
            {
                return fault.Under(name);
            }

            unsorted.Add(new(name, (start, (int)written.Length - start)));
        }

        Arrange(unsorted, begin);
        return null;
    }

    // The members stand one after the other as they came; here they are set in the order of their names' UTF-16 code units.
    private void Arrange(List<KeyValuePair<string, (int Start, int Length)>> members, int begin)
    {
        var asCame = written.GetBuffer().AsSpan(begin, (int)written.Length - begin).ToArray();
        members.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        written.SetLength(begin);
        Put("{");
        for (var index = 0; index < members.Count; index++)
        {
            if (index > 0)
            {
                Put(",");
            }

            var (start, length) = members[index].Value;
            written.Write(asCame, start - begin, length);
        }

        Put("}");
    }

    private CanonicalFault? Put(string text)
    {
        written.Write(Encoding.UTF8.GetBytes(text));
        return null;
    }

    private static bool TryText(ref Utf8JsonReader reader, out string text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // The bytes are valid UTF-8, so this is an escaped half of a surrogate pair.
            text = "";
            return false;
        }
    }

    private static CanonicalFault LoneSurrogate() =>
        CanonicalFault.NotCanonical("surrogate", "A string has half of a surrogate pair, which stands for no character.");

    private static CanonicalFault Inexact(ReadOnlySpan<byte> number) => CanonicalFault.NotCanonical(
        "number",
        $"The number {Echo.Text(Encoding.ASCII.GetString(number), 40)} is too large or too precise to be kept exactly; write it with fewer digits, or as a string if the schema allows one.");
}
