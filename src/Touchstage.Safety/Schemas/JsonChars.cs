using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>The characters of a JSON string, without a string being made of them where it can be helped.</summary>
internal static class JsonChars
{
    /// <summary>How large a buffer on the stack is handed in: longer texts are made into a string.</summary>
    public const int Short = 256;

    /// <summary>The characters of a string value; in the buffer, if they fit.</summary>
    public static ReadOnlySpan<char> Of(JsonElement text, Span<char> buffer)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return raw.Length > buffer.Length || raw.Contains((byte)'\\') ? text.GetString() : buffer[..Encoding.UTF8.GetChars(raw, buffer)];
    }

    /// <summary>The characters of a property's name; in the buffer, if they fit.</summary>
    public static ReadOnlySpan<char> Of(JsonProperty property, Span<char> buffer)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Length > buffer.Length || raw.Contains((byte)'\\') ? property.Name : buffer[..Encoding.UTF8.GetChars(raw, buffer)];
    }

    /// <summary>How many code points a string value has.</summary>
    public static int Count(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        var count = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '\\')
            {
                // Canonical text escapes quotes, backslashes and control characters only: \x or \u00xx.
                at += raw[at + 1] == 'u' ? 5 : 1;
                count++;
            }
            else
            {
                count += (raw[at] & 0xC0) == 0x80 ? 0 : 1;
            }
        }

        return count;
    }
}
