using System.Buffers;
using System.Collections.Immutable;
using static Touchstage.Safety.Conditions.FunctionCatalog;

namespace Touchstage.Safety.Conditions;

/// <summary>The functions of <c>base64</c>: the standard alphabet, written with padding, read with or without it.</summary>
internal static class EncoderFunctions
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    public static ImmutableArray<Overload> All { get; } =
    [
        Global("base64.encode", [CelType.Bytes], CelType.String, a => Encode(a[0].AsBytes)),
        Global("base64.decode", [CelType.String], CelType.Bytes, a => Decode(a[0].AsString)),
    ];

    private static CelValue Encode(ImmutableArray<byte> bytes) =>
        BoundedResult.TooLarge((bytes.Length + 2L) / 3 * 4) ?? CelValue.Of(Convert.ToBase64String(bytes.AsSpan()));

    private static CelValue Decode(string text)
    {
        // The runtime skips white space, and the language does not: nothing but the alphabet may come before the padding.
        int length = text.AsSpan().IndexOfAnyExcept(Alphabet);
        length = length < 0 ? text.Length : length;
        string padding = "".PadRight((4 - (length % 4)) % 4, '=');
        if (padding.Length == 3 || (text.Length > length && !text.AsSpan(length).SequenceEqual(padding)))
        {
            return CelValue.Failed("The text is not base64.");
        }

        return BoundedResult.TooLarge(length / 4 * 3L) ?? CelValue.Of([.. Convert.FromBase64String(text[..length] + padding)]);
    }
}
