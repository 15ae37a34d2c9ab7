using System.Text.Json;

namespace Touchstage.Mcp.Frames;

/// <summary>Finds the id of a request in bytes that are no whole message, so that whoever waits for an answer gets one.</summary>
internal static class FrameId
{
    private static readonly JsonReaderOptions Lenient = new() { MaxDepth = 1_000 };

    /// <summary>The id as JSON, if it comes before what is wrong; else null.</summary>
    public static string? Of(ReadOnlySpan<byte> broken)
    {
        try
        {
            var reader = new Utf8JsonReader(broken, isFinalBlock: false, new(Lenient));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                if (!reader.Read())
                {
                    return null;
                }

                if (isId)
                {
                    return TextOf(reader);
                }

                if (!reader.TrySkip())
                {
                    return null;
                }
            }
        }
        catch (Exception broke) when (broke is JsonException or InvalidOperationException)
        {
            // No id then.
        }

        return null;
    }

    private static string? TextOf(Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String when reader.GetString() is { Length: <= FrameCheck.MaxId } text => JsonSerializer.Serialize(text),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => JsonSerializer.Serialize(number),
        _ => null,
    };
}
