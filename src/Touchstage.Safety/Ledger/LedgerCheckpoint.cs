using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Ledger;

/// <summary>
/// Where all ledgers ended at one moment, signed. Its text is RFC 8785 JSON: <c>{ v, at, heads: [{ tenant, length, hash }], signature }</c>; the signature is over the same
/// without its member <c>signature</c>.
/// </summary>
public sealed class LedgerCheckpoint
{
    private LedgerCheckpoint(DateTimeOffset at, ImmutableArray<LedgerHead> heads, string signature) => (At, Heads, Signature) = (at, heads, signature);

    /// <summary>When it was made.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The heads in the order of the tenants' names.</summary>
    public ImmutableArray<LedgerHead> Heads { get; }

    /// <summary>The signature, in the signer's own notation.</summary>
    public string Signature { get; }

    /// <summary>Reads a checkpoint. Whether its signature is good is for the verification to say.</summary>
    /// <param name="text">The text as <see cref="ToText"/> wrote it.</param>
    /// <returns>The checkpoint, or a refusal with code <c>invalid_checkpoint</c>.</returns>
    public static Result<LedgerCheckpoint> Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.GetProperty("v").GetInt32() == LedgerChain.Version
                ? new LedgerCheckpoint(
                    DateTimeOffset.ParseExact(root.GetProperty("at").GetString()!, LedgerChain.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    [.. root.GetProperty("heads").EnumerateArray().Select(ReadHead)],
                    root.GetProperty("signature").GetString() ?? "")
                : LedgerRefusals.NotACheckpoint();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return LedgerRefusals.NotACheckpoint();
        }
    }

    /// <summary>The checkpoint as text, to be kept outside.</summary>
    /// <returns>One line of JSON.</returns>
    public string ToText() => CanonicalJson.Of(Node(At, Heads, Signature)).Text;

    internal ReadOnlyMemory<byte> SignedBytes => BytesToSign(At, Heads);

    internal static async Task<LedgerCheckpoint> SignAsync(DateTimeOffset at, IEnumerable<LedgerHead> heads, ICheckpointSigner signer, CancellationToken cancellation)
    {
        ImmutableArray<LedgerHead> sorted = [.. heads.OrderBy(head => head.Tenant, StringComparer.Ordinal)];
        return new LedgerCheckpoint(at, sorted, await signer.SignAsync(BytesToSign(at, sorted), cancellation));
    }

    private static ReadOnlyMemory<byte> BytesToSign(DateTimeOffset at, ImmutableArray<LedgerHead> heads) => CanonicalJson.Of(Node(at, heads, null)).Bytes.AsMemory();

    private static JsonObject Node(DateTimeOffset at, ImmutableArray<LedgerHead> heads, string? signature)
    {
        var node = new JsonObject
        {
            ["v"] = LedgerChain.Version,
            ["at"] = LedgerChain.TimeText(at),
            ["heads"] = new JsonArray([.. heads.Select(head => new JsonObject { ["tenant"] = head.Tenant, ["length"] = head.Length, ["hash"] = head.Hash })]),
        };
        if (signature is not null)
        {
            node["signature"] = signature;
        }

        return node;
    }

    private static LedgerHead ReadHead(JsonElement head) =>
        new(head.GetProperty("tenant").GetString() ?? "", head.GetProperty("length").GetInt64(), head.GetProperty("hash").GetString() ?? "");
}
