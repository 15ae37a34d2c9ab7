namespace Touchstage.Mcp.Imports;

/// <summary>What became of a document: every operation is in exactly one of the three lists.</summary>
/// <param name="Title">What the document calls itself.</param>
/// <param name="Version">Its version of OpenAPI.</param>
/// <param name="Connection">The connection that the drafts go through.</param>
/// <param name="Drafts">The operations that are drafts of capabilities; each loads.</param>
/// <param name="NotExpressed">Those that cannot be, with why.</param>
/// <param name="NotAskedFor">Those that were not asked for.</param>
/// <param name="Remarks">What of the document as a whole is not in the drafts.</param>
/// <param name="Access">How the document says its API is reached.</param>
internal sealed record Import(
    string Title, string Version, string Connection, IReadOnlyList<Draft> Drafts, IReadOnlyList<Draft> NotExpressed, IReadOnlyList<Operation> NotAskedFor, IReadOnlyList<string> Remarks, ApiAccess Access)
{
    /// <summary>How many operations the document has.</summary>
    public int Operations => Drafts.Count + NotExpressed.Count + NotAskedFor.Count;

    /// <summary>The manifest of a draft.</summary>
    public string Text(Draft draft) => DraftText.Of(draft, Title, Connection);
}
