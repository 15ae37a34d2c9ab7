using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Upstream;

/// <summary>
/// Finds a step's secrets in what the upstream said, and leaves out whatever holds one: whole or in part, in any case, with anything between its characters that is neither
/// letter nor digit, percent-encoded, JSON- or HTML-escaped, in base64 and in hex, one within the other, backwards, and split over members, items and names.
/// </summary>
/// <remarks>
/// It guards against an API that echoes what it was sent. An API that means to hand a secret on can compute something from it that nobody recognises (compress or encrypt
/// it, say): against that stand the declared fields alone, and that the secret is the API's own.
/// </remarks>
internal sealed class Scrubber
{
    private const string Mask = "***";

    // An echo of an echo of an echo: what is wound up more often than this no longer helps anyone to use it by accident. They also bound the work: what is decoded is never
    // longer than four times the text, and what is unescaped never longer than the text.
    private const int MaxUnescapings = 3;
    private const int MaxDecodings = 2;

    // Shorter ones are in decoded noise by chance.
    private const int MinDecodedShort = 6;

    private readonly NeedleIndex index;
    private readonly ImmutableArray<string> shortOnes;

    /// <param name="secrets">Credentials and tokens. A part of one counts: 16 characters, or half of it if that is less, but 8 at least.</param>
    /// <param name="sensitive">What counts as a whole only: arguments that may not be shown.</param>
    public Scrubber(IEnumerable<string> secrets, IEnumerable<string>? sensitive = null)
    {
        var ours = secrets.Where(secret => secret.Length > 0).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var theirs = (sensitive ?? []).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToImmutableArray();

        // A secret with what stands beside it, such as the user name before a password, counts as a whole: its other part is not secret.
        index = new([
            .. ours.SelectMany(secret => ours.Any(other => secret.EndsWith(':' + other, StringComparison.Ordinal))
                ? SecretSpellings.OfWhole(secret) : SecretSpellings.OfSecret(secret)),
            .. theirs.SelectMany(SecretSpellings.OfWhole),
        ]);
        shortOnes = [.. ours.Concat(theirs).Where(text => Squeezed.Of(text).Length < Needle.MinPart)];
    }

    /// <summary>Whether a secret is in the text.</summary>
    public bool Finds(string text) => Finds(text, shortOnes);

    /// <summary>The answer with <c>***</c> in place of every text or number that holds a secret; null if even a name holds one, or only several together do.</summary>
    /// <param name="asCame">The answer with its members in the order in which they came.</param>
    /// <param name="value">The same as the canonical value that would be handed on.</param>
    public CanonicalJson? Scrub(JsonNode? asCame, CanonicalJson value)
    {
        if (!FindsAcross(asCame, value))
        {
            return value;
        }

        var scrubbed = Scrubbed(asCame);
        var rest = CanonicalJson.Of(scrubbed);
        return FindsAcross(scrubbed, rest) ? null : rest;
    }

    // As it came, and as it is handed on. A short secret would be found by chance where texts meet.
    private bool FindsAcross(JsonNode? asCame, CanonicalJson value) =>
        Finds(value.Text) || AnswerStrings.InOrder(asCame).Concat(AnswerStrings.Sorted(value)).Distinct(StringComparer.Ordinal).Any(text => Finds(text, []));

    private JsonNode? Scrubbed(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Scrubbed(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Scrubbed)]),
        _ => AnswerStrings.TextOf(node) is { } text && Finds(text) ? Mask : node?.DeepClone(),
    };

    private bool Finds(string text, ImmutableArray<string> shorts, int depth = 0)
    {
        for (var round = 0; text.Length > 0; round++)
        {
            if (shorts.Any(one => text.Contains(one, StringComparison.OrdinalIgnoreCase)) || index.Finds(text))
            {
                return true;
            }

            var plainer = EchoView.Unescaped(text);
            if (round == MaxUnescapings || plainer == text)
            {
                // No escape is part of what is encoded, so that it is all there still.
                return depth < MaxDecodings && Finds(EchoView.Decoded(text), [.. shorts.Where(one => one.Length >= MinDecodedShort)], depth + 1);
            }

            text = plainer;
        }

        return false;
    }
}
