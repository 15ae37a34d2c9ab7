using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class Named
{
    // Safety would cut what is longer, and a person would not know.
    private const int MaxWords = 1_000;

    // As many as Safety decides at once.
    private const int MaxApprovals = 100;

    public static Argument<string> Tenant() => new("TENANT") { Description = "The tenant's name." };

    public static Argument<string> Connection() => new("CONNECTION") { Description = "The connection's name in the tenant's manifest." };

    public static Argument<string> Approval() => new("ID") { Description = "The approval's id, apr_…." };

    public static Argument<string[]> Approvals() => new("ID") { Description = "The approval's id, apr_…; or several.", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> SessionFile(string whose = "approver") =>
        new("--session-file") { Description = $"A file that holds the {whose}'s session key. Default: {SessionKeySource.Variable}.", HelpName = "FILE" };

    public static Option<string?> Revision() =>
        new("--revision") { Description = "The revision you mean, by number or digest. Without it the case is shown and you are asked.", HelpName = "N|DIGEST" };

    public static Option<string?> Tag()
    {
        var option = new Option<string?>("--tag") { Description = $"What is to be learnt from it: {string.Join(", ", DecisionTags.Names)}.", HelpName = "LESSON" };
        option.AcceptOnlyFromAmong([.. DecisionTags.Names]);
        return option;
    }

    public static Option<string?> Words(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    /// <exception cref="UsageException">No revision was named, and there is nobody to show one to.</exception>
    public static string? RevisionOf(ParseResult parse, Option<string?> option, Terminal terminal) =>
        parse.GetValue(option) is { } named ? named
        : terminal.IsPerson ? null
        : throw new UsageException("Nobody is at the terminal to see the case. Name what you mean: --revision N or --revision DIGEST, as approvals show tells it.");

    public static string ApprovalOf(ParseResult parse, Argument<string> argument) => ApprovalUri.IdFrom(parse.GetValue(argument)!);

    /// <summary>The approvals that were named, each once.</summary>
    /// <exception cref="UsageException">They are too many.</exception>
    public static IReadOnlyList<string> ApprovalsOf(ParseResult parse, Argument<string[]> argument)
    {
        var ids = (parse.GetValue(argument) ?? []).Select(ApprovalUri.IdFrom).Distinct(StringComparer.Ordinal).ToArray();
        return ids.Length <= MaxApprovals ? ids : throw new UsageException($"{ids.Length} approvals were named; {MaxApprovals} at once are the most.");
    }

    public static DecisionTag TagOf(ParseResult parse, Option<string?> option) => DecisionTags.TryParse(parse.GetValue(option), out var tag) ? tag : DecisionTag.None;

    /// <exception cref="UsageException">They are too long to be kept whole.</exception>
    public static string WordsOf(ParseResult parse, Option<string?> option) => Bounded(parse.GetValue(option), option.Name);

    /// <exception cref="UsageException">They are too long to be kept whole.</exception>
    public static string WordsOf(ParseResult parse, Argument<string> argument) => Bounded(parse.GetValue(argument), argument.Name);

    /// <exception cref="UsageException">The text is not a tenant's name.</exception>
    public static TenantId TenantOf(string? text) =>
        TenantId.TryParse(text, out var tenant) ? tenant : throw new UsageException("A tenant's name is 1 to 63 of a-z, 0-9 and -, first and last a letter or digit.");

    private static string Bounded(string? text, string name) =>
        text is { Length: > MaxWords } ? throw new UsageException($"{name} has {text.Length} characters; {MaxWords} are the most.") : text ?? "";
}
