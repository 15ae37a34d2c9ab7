namespace Touchstage.Mcp.Imports;

/// <summary>What a schema of the document describes.</summary>
internal enum SchemaUse
{
    /// <summary>What is sent: members that are only read are left out, formats are enforced.</summary>
    Request,

    /// <summary>What comes back: members that are only written are left out, formats are hints.</summary>
    Answer,
}
