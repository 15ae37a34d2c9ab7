using System.Text.Json;

namespace Touchstage.Safety.Ledger;

/// <summary>What an entry's bytes say about themselves.</summary>
internal sealed record EntryClaims(string Tenant, long Number, string At, string Kind, string Subject, string Previous, string? Commitment)
{
    /// <summary>Reads the bytes; null if they are no entry.</summary>
    public static EntryClaims? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return root.GetProperty("v").GetInt32() == LedgerChain.Version
                ? new EntryClaims(
                    Text(root, "tenant"),
                    root.GetProperty("n").GetInt64(),
                    Text(root, "at"),
                    Text(root, "kind"),
                    Text(root, "subject"),
                    Text(root, "prev"),
                    root.TryGetProperty("sealed", out var commitment) ? commitment.GetString() : null)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the columns beside the bytes say the same; the number apart, whose disagreement means another thing.</summary>
    public bool Agrees(LedgerEntry entry) =>
        Tenant == entry.Tenant && At == LedgerChain.TimeText(entry.At) && Kind == entry.Kind && Subject == entry.Subject;

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString() ?? "";
}
