namespace Touchstage.Mcp.Imports;

/// <summary>What came up while an operation was read: what its manifest cannot say, and what keeps it from being one.</summary>
internal sealed class Findings
{
    // A hostile document may have more to say than anybody reads.
    private const int Most = 200;

    private readonly List<ImportNote> notes = [];
    private readonly List<string> stops = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public IReadOnlyList<ImportNote> Notes => notes;

    /// <summary>Why there is no manifest; empty where there is one.</summary>
    public IReadOnlyList<string> Stops => stops;

    /// <summary>The manifest says less than the document.</summary>
    public void Note(string kind, string text)
    {
        if (notes.Count < Most && known.Add(text))
        {
            notes.Add(new(kind, text));
        }
        else if (notes.Count == Most)
        {
            notes.Add(new("more", $"There is more that cannot be expressed; only the first {Most} are listed. Compare the manifest with the document."));
        }
    }

    /// <summary>The operation cannot be a capability.</summary>
    public void Stop(string reason)
    {
        if (stops.Count < Most && known.Add(reason))
        {
            stops.Add(reason);
        }
    }
}
