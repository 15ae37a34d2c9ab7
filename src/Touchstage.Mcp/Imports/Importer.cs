using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Makes drafts of capabilities of the operations of a document, and accounts for every one.</summary>
/// <param name="file">The document.</param>
internal sealed class Importer(OpenApiFile file)
{
    private const int MostOperations = 5_000;
    private const int MostTold = 100;
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    private static readonly string[] BesideMethods = ["$ref", "summary", "description", "servers", "parameters"];

    private readonly References references = new(file.Root);
    private readonly List<string> remarks = [.. file.Complaints.Select(complaint => $"Microsoft.OpenApi says: {complaint}")];

    /// <summary>Makes the drafts, and tries each as a server loads it.</summary>
    /// <param name="connection">The connection that they go through; null for one called like the document.</param>
    /// <param name="only">Globs over operation ids, <c>METHOD /path</c> and capability names; none for all.</param>
    /// <param name="taken">Names of capabilities that there are already.</param>
    /// <param name="progress">Is told how many drafts still have to be tried.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="problem">Why the document is too much, if it is.</param>
    public Import? Run(string? connection, IReadOnlyList<string> only, IEnumerable<string> taken, Action<int> progress, CancellationToken cancellation, out string problem)
    {
        problem = "";
        var operations = Operations().ToArray();
        var asked = operations.Where(operation => IsAskedFor(operation, only)).ToArray();
        if (asked.Length > MostOperations)
        {
            problem = $"{asked.Length} operations are more than {MostOperations}; ask for some of them with --only.";
            return null;
        }

        var names = taken.ToHashSet(StringComparer.Ordinal);
        var reader = new OperationReader(references, file.IsOfVersion30);
        var drafts = new List<Draft>(asked.Length);
        foreach (var operation in asked)
        {
            cancellation.ThrowIfCancellationRequested();
            drafts.Add(reader.Read(operation, names));
        }

        var title = Title();
        var through = connection ?? Spelling.Word(title.ToLowerInvariant(), "api");
        new DraftTrial(title, through).Run(drafts, progress, cancellation);
        foreach (var (name, _) in Shapes.Members(file.Root, "webhooks"))
        {
            remarks.Add($"The webhook `{Cut(name)}` is left out: nothing here receives what an API sends of itself.");
        }

        return new(
            title, file.Version, through, [.. drafts.Where(draft => draft.Findings.Stops.Count == 0)], [.. drafts.Where(draft => draft.Findings.Stops.Count > 0)],
            [.. operations.Except(asked)], remarks, ApiAccess.Of(file.Root, references));
    }

    private string Title()
    {
        var title = Spelling.Prose(Shapes.Text(file.Root["info"], "title") ?? "", 80, out _).Replace('\n', ' ').Replace('"', '\'');
        return title.Length > 0 ? title : "API";
    }

    private IEnumerable<Operation> Operations()
    {
        foreach (var (path, raw) in Shapes.Members(file.Root, "paths").Where(entry => !entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            if (references.Follow(raw, out var why, out _) is not JsonObject item)
            {
                remarks.Add($"What stands at the path {Cut(path)} cannot be read: {why ?? "it is no mapping"}.");
                continue;
            }

            foreach (var (name, body) in item)
            {
                if (Methods.Contains(name, StringComparer.Ordinal))
                {
                    yield return new(name.ToUpperInvariant(), path, item, body as JsonObject);
                }
                else if (name == "additionalOperations")
                {
                    foreach (var (method, other) in Shapes.Members(item, name))
                    {
                        yield return new(Cut(method).ToUpperInvariant(), path, item, other as JsonObject);
                    }
                }
                else if (!BesideMethods.Contains(name, StringComparer.Ordinal) && !name.StartsWith("x-", StringComparison.Ordinal))
                {
                    remarks.Add($"`{Cut(name)}` at the path {Cut(path)} is no method, and was passed over.");
                }
            }
        }
    }

    private static bool IsAskedFor(Operation operation, IReadOnlyList<string> only) => only.Count == 0 || only.Any(glob =>
        Matches(glob, $"{operation.Method} {operation.Path}") || (operation.Id is { } id && (Matches(glob, id) || Matches(glob, Spelling.Word(id, "")))));

    private static bool Matches(string glob, string text) => FileSystemName.MatchesSimpleExpression(glob.Replace(@"\", @"\\", StringComparison.Ordinal), text, ignoreCase: true);

    // Paths are longer than names.
    private static string Cut(string text) => Spelling.Cut(text, MostTold);
}
