using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Mcp.Imports;
using Touchstage.Mcp.Starter;
using Touchstage.Safety;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Drafts a capability for each operation of an OpenAPI document. Nothing is allowed by a draft, and nothing that a draft cannot say is passed over in silence.</summary>
internal sealed class ImportOpenApiVerb() : Verb("import openapi", "Draft a capability for each operation of an OpenAPI document (2.0, 3.x; JSON or YAML). Nothing is allowed yet.")
{
    private readonly Argument<string> file = new("FILE") { Description = "The document. Nothing that it refers to outside of itself is read." };
    private readonly Option<string?> output = new("--out") { Description = "Where the manifests go. Default: the folder of the capability manifests. No file is overwritten.", HelpName = "DIR" };
    private readonly Option<string?> connection = new("--connection") { Description = "The connection that they go through. Default: one called like the document.", HelpName = "NAME" };
    private readonly Option<string[]> only = new("--only") { Description = "Only operations whose id, or METHOD /path, fits this (* and ?). May be repeated.", HelpName = "GLOB" };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Tell what would come of it, and write nothing." };

    protected override IEnumerable<Argument> Arguments => [file];

    protected override IEnumerable<Option> Options => [output, connection, only, dryRun];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (parse.GetValue(connection) is { } named && Spelling.Word(named, "").Replace('_', '-') != named.Replace('_', '-'))
        {
            return terminal.Misused("--connection is a name of a-z, 0-9, _ and -, first a letter, at most 64.");
        }

        var path = Path.GetFullPath(parse.GetValue(file)!, terminal.CurrentDirectory);
        if (!File.Exists(path))
        {
            return terminal.Refuse($"There is no file {VisibleText.Line(path)}. Name the OpenAPI document: touchstage import openapi FILE.");
        }

        if (new FileInfo(path).Length > OpenApiFile.MostBytes)
        {
            return terminal.Refuse($"{VisibleText.Line(path)} has more than {OpenApiFile.MostBytes / 1024 / 1024} MiB, and is not read. Cut it into parts.");
        }

        var document = OpenApiFile.Read(await File.ReadAllBytesAsync(path, cancellation), out var problem);
        if (document is null)
        {
            return terminal.Refuse(VisibleText.Line($"{path} was not imported. {problem}"));
        }

        var folder = Path.GetFullPath(parse.GetValue(output) ?? ServerSetup.From(parse, terminal).CapabilitiesDirectory, terminal.CurrentDirectory);
        var waiting = new Waiting(terminal, TimeProvider.System);
        var (import, tooMuch) = await waiting.ForAsync("Trying drafts", () => Task.Run(
            () => (new Importer(document).Run(parse.GetValue(connection), parse.GetValue(only) ?? [], Existing(folder), left => waiting.Tell($"{left} to go"), cancellation, out var why), why),
            cancellation));
        return import is null ? terminal.Refuse(tooMuch) : Finish(parse, import, folder, terminal);
    }

    private int Finish(ParseResult parse, Import import, string folder, Terminal terminal)
    {
        var isWritten = !parse.GetValue(dryRun) && import.Drafts.Count > 0;
        if (isWritten)
        {
            var files = new NewFiles(folder);
            if (files.InTheWay(import.Drafts.Select(draft => draft.File)) is { Count: > 0 } inTheWay)
            {
                return terminal.Refuse(
                    $"Nothing was written, because this is in {VisibleText.Line(folder)} already: {string.Join(", ", inTheWay.Take(20))}{(inTheWay.Count > 20 ? $" and {inTheWay.Count - 20} more" : "")}. Name another folder with --out, or ask for other operations with --only.");
            }

            try
            {
                files.Write(import.Drafts.Select(draft => new StarterFile(draft.File, import.Text(draft))));
            }
            catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
            {
                return terminal.Refuse($"Nothing was written: {VisibleText.Line(denied.Message)}");
            }
        }

        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(ImportSheet.Json(import, isWritten));
        }
        else
        {
            ImportSheet.Write(import, folder, isWritten, terminal);
        }

        return import.Drafts.Count > 0 ? ExitCode.Done
            : terminal.Refuse(import.Operations == 0 ? "The document has no operations." : import.NotExpressed.Count == 0 ? "No operation fits --only; nothing was written." : "No operation can be expressed; nothing was written.");
    }

    // Capabilities that a server would load beside the drafts: no two may share a name.
    private static IReadOnlyList<string> Existing(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        using var services = new ServiceCollection().AddTouchstageSafety(options =>
        {
            options.DataDirectory = folder;
            options.CapabilitiesDirectory = folder;
        }).BuildServiceProvider();
        return services.GetRequiredService<IManifests>().Check().Capabilities;
    }
}
