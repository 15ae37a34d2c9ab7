using System.Collections.Immutable;
using System.Globalization;

namespace Touchstage.Safety.Ledger;

/// <summary>Walks one tenant's ledger from its first entry and notes what is wrong. Pure: it reads nothing itself.</summary>
internal sealed class ChainWalk(string tenant, LedgerHead? checkpoint)
{
    private readonly List<LedgerFault> faults = [];
    private long lastFaulted;
    private string? hashAtCheckpoint;

    /// <summary>The number of the last entry seen.</summary>
    public long Length { get; private set; }

    /// <summary>The hash of that entry's bytes, as they are.</summary>
    public string HeadHash { get; private set; } = LedgerChain.FirstPrevious;

    /// <summary>Looks at the next entry.</summary>
    /// <returns>What its bytes say, or null if they are no entry.</returns>
    public EntryClaims? Take(LedgerEntry entry)
    {
        var follows = entry.Number == Length + 1;
        if (!follows)
        {
            Note(Length + 1, LedgerFaultKind.Missing, $"Entries {Text(Length + 1)} to {Text(entry.Number - 1)} are gone.");
        }

        var hash = LedgerChain.HashOf(entry.Bytes.AsSpan());
        var claims = EntryClaims.Read(entry.Bytes.AsMemory());
        // Who changes an entry and its stored hash alike is betrayed by its successor, so that fault is the predecessor's.
        if (follows && claims is not null && claims.Number == entry.Number && claims.Previous != HeadHash)
        {
            Note(Math.Max(1, Length), LedgerFaultKind.Changed, $"Entry {Text(entry.Number)} names another hash for the entry before it.");
        }

        NoteOwn(entry, claims, hash);
        (Length, HeadHash) = (entry.Number, hash);
        if (entry.Number == checkpoint?.Length)
        {
            hashAtCheckpoint = hash;
        }

        return claims;
    }

    /// <summary>Notes a fault of an entry's payload.</summary>
    public void NotePayload(long number, string detail) => faults.Add(new LedgerFault(tenant, number, LedgerFaultKind.Payload, detail));

    /// <summary>Compares the end with what the store remembers and with the checkpoint.</summary>
    public ImmutableArray<LedgerFault> Finish(LedgerHead? head)
    {
        if (head is null)
        {
            faults.Add(new LedgerFault(tenant, Length, LedgerFaultKind.Head, "The store does not remember where this ledger ends, though every tenant's ledger has a first entry."));
        }
        else if (head.Length > Length)
        {
            Note(Length + 1, LedgerFaultKind.Truncated, $"The store remembers {Text(head.Length)} entries; the last one there is {Text(Length)}.");
        }
        else if (head.Length < Length || head.Hash != HeadHash)
        {
            faults.Add(new LedgerFault(tenant, Length, LedgerFaultKind.Head, $"The store remembers entry {Text(head.Length)} with another hash as the last; what ends the ledger is entry {Text(Length)}."));
        }

        CompareCheckpoint();
        return [.. faults.OrderBy(fault => fault.Number)];
    }

    private void CompareCheckpoint()
    {
        if (checkpoint is null || (checkpoint.Length == 0 && Length == 0))
        {
            return;
        }

        if (checkpoint.Length > Length)
        {
            faults.Add(new LedgerFault(
                tenant, Length + 1, LedgerFaultKind.Truncated, $"The checkpoint was made at {Text(checkpoint.Length)} entries; the last one there is {Text(Length)}."));
        }
        else if (checkpoint.Hash != hashAtCheckpoint)
        {
            faults.Add(new LedgerFault(tenant, checkpoint.Length, LedgerFaultKind.Changed, "The checkpoint has another hash for this entry: it, or one before it, is not what was written."));
        }
    }

    private void NoteOwn(LedgerEntry entry, EntryClaims? claims, string hash)
    {
        if (claims is null || hash != entry.Hash)
        {
            Note(entry.Number, LedgerFaultKind.Changed, "Its bytes are not those that its hash was taken from.");
        }
        else if (claims.Number != entry.Number)
        {
            Note(entry.Number, LedgerFaultKind.Reordered, $"Here stands what was written as entry {Text(claims.Number)}.");
        }
        else if (!claims.Agrees(entry))
        {
            Note(entry.Number, LedgerFaultKind.Changed, "Its tenant, time, kind or subject is not the one in its bytes.");
        }
    }

    // One fault an entry is enough; what follows from it is not news.
    private void Note(long number, LedgerFaultKind kind, string detail)
    {
        if (number != lastFaulted)
        {
            faults.Add(new LedgerFault(tenant, number, kind, detail));
            lastFaulted = number;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
