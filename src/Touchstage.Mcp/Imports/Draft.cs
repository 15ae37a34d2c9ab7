using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>The draft of a capability, made of one operation of a document.</summary>
internal sealed class Draft
{
    /// <summary>The method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path as the document has it.</summary>
    public required string Path { get; init; }

    /// <summary>What the document calls the operation, or null.</summary>
    public string? OperationId { get; init; }

    public required Findings Findings { get; init; }

    /// <summary>The capability's name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the manifest goes into.</summary>
    public required string Group { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>readOnly, additive or destructive: a guess.</summary>
    public required string Effects { get; init; }

    public required JsonObject Input { get; init; }

    /// <summary>The schema of the answer, or null if nothing of it is handed on.</summary>
    public JsonNode? Output { get; set; }

    public required JsonObject Request { get; init; }

    /// <summary>Arguments for a test, or null if none are known that fit.</summary>
    public JsonObject? Example { get; set; }

    /// <summary>Whether the arguments are those that the document gives as examples; else they are made up.</summary>
    public bool IsExampleTheirs { get; set; } = true;

    /// <summary>The manifest's file, relative to where manifests go.</summary>
    public string File => $"{Group}/{Name}.yaml";

    /// <summary>How a person calls the operation.</summary>
    public string Operation => OperationId is null ? $"{Method} {Path}" : $"{Method} {Path} ({OperationId})";
}
