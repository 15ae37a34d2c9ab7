using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Imports;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What became of an OpenAPI document: for people grouped by what is the same, for machines operation by operation.</summary>
internal static class ImportSheet
{
    private const int Named = 3;

    /// <summary>Everything that is not in the manifests as it is in the document, and what to do next.</summary>
    public static void Write(Import import, string folder, bool isWritten, Terminal terminal)
    {
        terminal.Tell(VisibleText.Line(
            $"{import.Title} (OpenAPI {import.Version}): {import.Operations} operations; {import.Drafts.Count} {(isWritten ? $"drafts in {folder}" : "drafts, not written")}, {import.NotExpressed.Count} not expressible, {import.NotAskedFor.Count} not asked for."));
        if (import.NotExpressed.Count > 0)
        {
            terminal.Tell("Not expressible, so there is no draft:");
            foreach (var draft in import.NotExpressed)
            {
                terminal.Tell(VisibleText.Line($"  {draft.Operation}: {string.Join("; ", draft.Findings.Stops)}."));
            }
        }

        WriteNotes(import, terminal);
        WriteRemarks(import, terminal);
        if (import.Drafts.Count > 0)
        {
            WriteNext(import, terminal);
        }
    }

    /// <summary><c>{ title, openapi, connection, operations, drafts, not_expressible, not_asked_for, remarks }</c>.</summary>
    public static JsonObject Json(Import import, bool isWritten) => new()
    {
        ["title"] = import.Title,
        ["openapi"] = import.Version,
        ["connection"] = import.Connection,
        ["operations"] = import.Operations,
        ["written"] = isWritten,
        ["drafts"] = new JsonArray([.. import.Drafts.Select(draft => (JsonNode)new JsonObject
        {
            ["operation"] = draft.Operation,
            ["capability"] = draft.Name,
            ["file"] = draft.File,
            ["effects"] = draft.Effects,
            ["notes"] = new JsonArray([.. draft.Findings.Notes.Select(note => (JsonNode)new JsonObject { ["kind"] = note.Kind, ["text"] = note.Text })]),
        })]),
        ["not_expressible"] = new JsonArray([.. import.NotExpressed.Select(draft => (JsonNode)new JsonObject
        {
            ["operation"] = draft.Operation,
            ["reasons"] = new JsonArray([.. draft.Findings.Stops.Select(reason => (JsonNode)reason)]),
        })]),
        ["not_asked_for"] = new JsonArray([.. import.NotAskedFor.Select(operation => (JsonNode)operation.Text)]),
        ["remarks"] = new JsonArray([.. Remarks(import).Select(remark => (JsonNode)remark)]),
    };

    private static IEnumerable<string> Remarks(Import import) => import.Remarks.Concat(import.Access.Remarks);

    private static void WriteNotes(Import import, Terminal terminal)
    {
        var notes = import.Drafts.SelectMany(draft => draft.Findings.Notes.Select(note => (draft.Name, note.Kind, note.Text)))
            .GroupBy(note => (note.Kind, note.Text)).OrderBy(group => group.Key.Kind, StringComparer.Ordinal).ThenByDescending(group => group.Count()).ToArray();
        if (notes.Length == 0)
        {
            return;
        }

        terminal.Tell("Not as in the document; each draft says so at its top:");
        foreach (var note in notes)
        {
            var names = note.Select(one => one.Name).Distinct(StringComparer.Ordinal).ToArray();
            terminal.Tell(VisibleText.Line($"  {note.Key.Kind}: {note.Key.Text} [{string.Join(", ", names.Take(Named))}{(names.Length > Named ? $" and {names.Length - Named} more" : "")}]"));
        }
    }

    private static void WriteRemarks(Import import, Terminal terminal)
    {
        string[] remarks = [.. Remarks(import)];
        if (remarks.Length > 0)
        {
            terminal.Tell("Of the document as a whole:");
        }

        foreach (var remark in remarks)
        {
            terminal.Tell(VisibleText.Line($"  {remark}"));
        }
    }

    private static void WriteNext(Import import, Terminal terminal)
    {
        terminal.Tell("Nothing is allowed yet. Read each draft, write its rules and tests, and give a tenant what it may use:");
        string[] lines =
        [
            $"capabilities: [{import.Drafts[0].Name}]",
            "connections:",
            $"  {import.Connection}:",
            $"    baseUrl: {import.Access.BaseUrl}",
            $"    auth: {{ {string.Join(", ", import.Access.Auth.Select(part => $"{part.Key}: {part.Value}"))} }}",
        ];
        foreach (var line in lines)
        {
            terminal.Out.WriteLine($"  {line}");
        }
    }
}
