using System.CommandLine;
using System.Text.Json;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Changes what was proposed, within what the capability lets people change.</summary>
internal sealed class ApprovalsModifyVerb() : ApproverVerb("approvals modify", "Change what was proposed, within what the capability lets people change. You see what would come of it first.")
{
    private readonly Argument<string> id = Named.Approval();
    private readonly Option<string[]> set = new("--set") { Description = "An argument and its new value; may be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> changes = new("--changes") { Description = "Instead: a JSON object of arguments and values, or @FILE, or - for standard input. null takes one out.", HelpName = "JSON" };
    private readonly Option<string?> note = Named.Words("--note", "Why; the agent reads it.");
    private readonly Option<string?> tag = Named.Tag();
    private readonly Option<string?> revision = new("--revision") { Description = "The revision you mean to change, by number or digest. Default: the current one.", HelpName = "N|DIGEST" };
    private readonly Option<bool> preview = new("--preview") { Description = "Only show what would come of it, with the digest that confirms exactly that." };
    private readonly Option<string?> confirm = new("--confirm") { Description = "Confirm the preview of this digest, unasked; give the same changes.", HelpName = "DIGEST" };

    protected override IEnumerable<Argument> Arguments => [id];

    protected override IEnumerable<Option> OwnOptions => [set, changes, note, tag, revision, preview, confirm];

    // It judges what would be made of the action.
    protected override bool TakesManifests(ParseResult parse) => true;

    protected override void Check(ParseResult parse, Terminal terminal)
    {
        Named.WordsOf(parse, note);
        var (isPreview, isConfirmed) = (parse.GetValue(preview), parse.GetValue(confirm) is not null);
        if (parse.GetValue(set) is { Length: > 0 } == parse.GetValue(changes) is not null)
        {
            throw new UsageException("Say what to change: --set NAME=VALUE, once for each argument, or --changes JSON.");
        }

        if (isPreview && isConfirmed)
        {
            throw new UsageException("--preview changes nothing, --confirm DIGEST changes it: give one of them.");
        }

        if (!isPreview && !isConfirmed && (!terminal.IsPerson || parse.GetValue(changes) is "-"))
        {
            throw new UsageException("Nobody is at the terminal to see what would come of it. --preview shows it with a digest, and --confirm DIGEST with the same changes confirms exactly that.");
        }
    }

    protected override async Task<int> RunAsync(ApproverRun run, CancellationToken cancellation)
    {
        var parse = run.Parse;
        JsonElement? given = parse.GetValue(changes) is { } text ? await new ChangesSource(run.Terminal).ReadAsync(text, cancellation) : null;
        var order = new ModificationOrder(
            Named.ApprovalOf(parse, id),
            parse.GetValue(set) ?? [],
            given,
            Named.WordsOf(parse, note),
            Named.TagOf(parse, tag),
            parse.GetValue(revision),
            parse.GetValue(confirm),
            parse.GetValue(preview));
        return await new ApprovalsModification(run).RunAsync(order, cancellation);
    }
}
