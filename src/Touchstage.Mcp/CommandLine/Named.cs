using System.CommandLine;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class Named
{
    public static Argument<string> Tenant() => new("TENANT") { Description = "The tenant's name." };

    public static Argument<string> Approval() => new("ID") { Description = "The approval's id, apr_…." };

    public static Option<string?> SessionFile() => new("--session-file") { Description = "A file that holds the approver's session key. Default: TOUCHSTAGE_SESSION.", HelpName = "FILE" };

    public static Option<string?> Revision() =>
        new("--revision") { Description = "The revision you mean, by number or digest. Without it the case is shown and you are asked.", HelpName = "N|DIGEST" };

    /// <exception cref="UsageException">No revision was named, and there is nobody to show one to.</exception>
    public static string? RevisionOf(ParseResult parse, Option<string?> option, Terminal terminal) =>
        parse.GetValue(option) is { } named ? named
        : terminal is { IsInputPerson: true, IsOutputPerson: true } ? null
        : throw new UsageException("Nobody is at the terminal to see the case. Name what you mean: --revision N or --revision DIGEST, as approvals show tells it.");

    /// <exception cref="UsageException">The text is not a tenant's name.</exception>
    public static TenantId TenantOf(string? text) =>
        TenantId.TryParse(text, out var tenant) ? tenant : throw new UsageException("A tenant's name is 1 to 63 of a-z, 0-9 and -, first and last a letter or digit.");
}
