using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// The one canonical JSON value (RFC 8785): everything after <c>validate</c> reads this and never the received text. Immutable; it can only come from
/// a text whose every key, string and number it holds exactly.
/// </summary>
internal sealed class CanonicalJson
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private CanonicalJson(byte[] utf8)
    {
        Bytes = ImmutableCollectionsMarshal.AsImmutableArray(utf8);
        Text = Encoding.UTF8.GetString(utf8);
        Root = JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = CanonicalLimits.Composed.Depth });
        Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(utf8));
    }

    /// <summary>The value, read from the canonical bytes.</summary>
    public JsonElement Root { get; }

    /// <summary>The canonical text.</summary>
    public string Text { get; }

    /// <summary>The canonical bytes.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>The canonical bytes.</summary>
    public ReadOnlySpan<byte> Utf8 => Bytes.AsSpan();

    /// <summary><c>sha256:</c> and the lower-case hex of SHA-256 over the canonical bytes.</summary>
    public string Digest { get; }

    /// <summary>Takes in a received text within the limits of <see cref="CanonicalLimits.Received"/>.</summary>
    public static Result<CanonicalJson> Parse(ReadOnlySpan<byte> utf8) => Read(utf8, CanonicalLimits.Received);

    /// <summary>Takes in a received text within the limits of <see cref="CanonicalLimits.Received"/>.</summary>
    public static Result<CanonicalJson> Parse(string text)
    {
        // A text of more characters than bytes are allowed is not even encoded.
        if (text.Length > CanonicalLimits.Received.Bytes)
        {
            return ArgumentRefusals.Of(CanonicalFault.TooLarge("size", $"The JSON text is over {CanonicalLimits.Received.Bytes} bytes."));
        }

        try
        {
            return Parse(Strict.GetBytes(text));
        }
        catch (EncoderFallbackException)
        {
            return ArgumentRefusals.Of(CanonicalFault.NotCanonical("surrogate", "The text has half of a surrogate pair, which stands for no character."));
        }
    }

    /// <summary>Takes in an element that was parsed elsewhere, by its raw text: duplicate keys and the numbers' digits are still seen.</summary>
    public static Result<CanonicalJson> From(JsonElement element) => element.ValueKind == JsonValueKind.Undefined
        ? ArgumentRefusals.Of(CanonicalFault.NotJson("There is no JSON value."))
        : Parse(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>A document we compose ourselves.</summary>
    /// <exception cref="ArgumentException">It has no canonical form, which is a mistake in our own code.</exception>
    public static CanonicalJson Of(JsonNode? node)
    {
        RefuseLoneSurrogates(node);
        var text = node?.ToJsonString(new JsonSerializerOptions { MaxDepth = CanonicalLimits.Composed.Depth }) ?? "null";
        return Read(Strict.GetBytes(text), CanonicalLimits.Composed).TryGet(out var json, out var refusal)
            ? json
            : throw new ArgumentException($"The document has no canonical form: {refusal.Reason}", nameof(node));
    }

    /// <summary>Reads back what was stored as canonical bytes.</summary>
    /// <exception cref="ArgumentException">The bytes are not canonical: they are not what was stored.</exception>
    public static CanonicalJson Restore(ReadOnlySpan<byte> stored) =>
        Read(stored, CanonicalLimits.Composed).TryGet(out var json, out _) && json.Utf8.SequenceEqual(stored)
            ? json
            : throw new ArgumentException("The stored bytes are not canonical JSON.", nameof(stored));

    /// <summary>Reads back what was stored as canonical text.</summary>
    /// <exception cref="ArgumentException">The text is not canonical: it is not what was stored.</exception>
    public static CanonicalJson Restore(string stored) => Restore(Encoding.UTF8.GetBytes(stored));

    /// <summary>A copy to build a larger document from; as deep as any document of ours.</summary>
    public JsonNode? ToNode() => JsonNode.Parse(Utf8, documentOptions: new JsonDocumentOptions { MaxDepth = CanonicalLimits.Composed.Depth });

    /// <inheritdoc/>
    public override string ToString() => Digest;

    private static Result<CanonicalJson> Read(ReadOnlySpan<byte> utf8, CanonicalLimits limits)
    {
        var (bytes, fault) = CanonicalReader.Read(utf8, limits);
        return bytes is null ? ArgumentRefusals.Of(fault!) : new CanonicalJson(bytes);
    }

    // The platform's writer would put U+FFFD in place of half a pair, and so digest something else than was given.
    private static void RefuseLoneSurrogates(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    _ = Strict.GetByteCount(name);
                    RefuseLoneSurrogates(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    RefuseLoneSurrogates(item);
                }

                break;
            case JsonValue value when value.TryGetValue(out string? text):
                _ = Strict.GetByteCount(text);
                break;
            default:
                break;
        }
    }
}
