using ModelContextProtocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Approvals;

namespace Touchstage.Mcp.Faults;

/// <summary>The protocol faults that clients are told; everything else is a result.</summary>
internal static class ProtocolFaults
{
    private const int MaxEcho = 64;

    // Longer than any address that there is; the rest is sent back to nobody.
    private const int MaxUri = 2_048;

    /// <summary>Whether the other side speaks 2026-07-28 or later.</summary>
    public static bool IsModern(McpServer server) => IsModern(server.NegotiatedProtocolVersion);

    /// <summary>Whether a revision is 2026-07-28 or later.</summary>
    public static bool IsModern(string? revision) => string.CompareOrdinal(revision, "2026-07-28") >= 0;

    // Invariant: one and the same fault for a tool that does not exist, that another tenant has, and for a session that may call none.
    public static McpProtocolException UnknownTool(string name) => new($"Unknown tool: '{Echo(name)}'", McpErrorCode.InvalidParams);

    public static McpProtocolException UnknownPrompt(string name) => new($"Unknown prompt: '{Echo(name)}'", McpErrorCode.InvalidParams);

    public static McpProtocolException UnknownTask(string id) => new($"Task not found: '{Echo(id)}'", McpErrorCode.InvalidParams);

    /// <summary>The fault for a resource that there is not, or not for the caller. Its data have the address as the client sent it.</summary>
    public static McpProtocolException UnknownResource(McpServer server, string uri)
    {
        var fault = new McpProtocolException($"Resource not found: {Echo(uri)}", IsModern(server) ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound);
        if (uri.Length <= MaxUri)
        {
            fault.Data["uri"] = uri;
        }

        return fault;
    }

    public static McpProtocolException WrongArgument(string message) => new(message, McpErrorCode.InvalidParams);

    private static string Echo(string text) => VisibleText.Line(text.Length > MaxEcho ? text[..MaxEcho] + "…" : text);
}
