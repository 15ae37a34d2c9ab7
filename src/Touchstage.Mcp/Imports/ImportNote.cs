namespace Touchstage.Mcp.Imports;

/// <summary>Something of an operation that its manifest does not say as the document does.</summary>
/// <param name="Kind">What kind of thing, for counting: <c>parameter</c>, <c>format</c>, <c>answer</c>, ….</param>
/// <param name="Text">One sentence for whoever reads the manifest; words of the document in it are as they stand there.</param>
internal sealed record ImportNote(string Kind, string Text);
