using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>One operation of a document.</summary>
/// <param name="Method">Its method, upper case.</param>
/// <param name="Path">Its path.</param>
/// <param name="Item">What stands for all operations of the path.</param>
/// <param name="Body">The operation itself; null if it is none.</param>
internal sealed record Operation(string Method, string Path, JsonObject Item, JsonObject? Body)
{
    public string? Id => Shapes.Text(Body, "operationId");

    /// <summary>How a person calls it.</summary>
    public string Text => Id is null ? $"{Method} {Path}" : $"{Method} {Path} ({Id})";
}
