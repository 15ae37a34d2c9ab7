using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes a session key and shows it, once.</summary>
internal sealed class SessionCreateVerb() : Verb("session create", "Make a session key. It is shown once.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Option<string> kind = new Option<string>("--kind") { Description = "agent proposes; approver decides.", Required = true }.AcceptOnlyFromAmong("agent", "approver");
    private readonly Option<string> subject = new("--subject") { Description = "Whose session it is, such as an e-mail address.", Required = true, HelpName = "SUBJECT" };
    private readonly Option<string[]> roles = new("--role") { Description = "A role; may be repeated.", HelpName = "ROLE" };
    private readonly Option<string> client = new("--client") { Description = "The program that will use it, for people. Default: unnamed.", HelpName = "NAME" };
    private readonly Option<string> expires = new("--expires") { Description = "How long it is good: 30d, 12h, 90m. Default: 30d.", HelpName = "TIME" };
    private readonly Option<string?> onBehalfOf = new("--on-behalf-of") { Description = "For whom the subject acts.", HelpName = "SUBJECT" };

    private readonly Option<string?> person = new("--person") { Description = "The person behind it, where the subject does not tell: nobody decides what another session of theirs asked for.", HelpName = "NAME" };

    protected override IEnumerable<Argument> Arguments => [tenant];

    protected override IEnumerable<Option> Options => [kind, subject, roles, client, expires, onBehalfOf, person];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        var request = new SessionRequest(
            parse.GetValue(subject)!,
            parse.GetValue(onBehalfOf),
            parse.GetValue(kind) == "approver" ? SessionKind.Approver : SessionKind.Agent,
            [.. parse.GetValue(roles) ?? []],
            parse.GetValue(client) ?? "unnamed",
            Lifetime(parse.GetValue(expires) ?? "30d"),
            parse.GetValue(person));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<ISessionAdministration>().CreateAsync(id, request, cancellation)).TryGet(out var created, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                Tell(created, parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }

    private static void Tell(NewSession created, bool asJson, Terminal terminal)
    {
        var session = created.Session;
        if (asJson)
        {
            terminal.WriteJson(new JsonObject
            {
                ["id"] = session.Id,
                ["tenant"] = session.Principal.Tenant.Value,
                ["kind"] = SessionSheet.Kind(session.Kind),
                ["subject"] = session.Principal.Subject,
                ["person"] = session.Person,
                ["expires_at"] = ApprovalDocument.Time(session.ExpiresAt),
                ["key"] = created.Key.Reveal(),
            });
            return;
        }

        terminal.Out.WriteLine(created.Key.Reveal());
        terminal.Error.WriteLine(
            $"Session {session.Id}: {SessionSheet.Kind(session.Kind)} {session.Principal.Subject} of tenant {session.Principal.Tenant}, good until {ApprovalDocument.Time(session.ExpiresAt)}.");
        terminal.Error.WriteLine("The key stands above and is not to be had again. Clients send it as Authorization: Bearer KEY, or find it in TOUCHSTAGE_SESSION.");
    }

    private static TimeSpan Lifetime(string text)
    {
        var unit = text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1_000_000 ? (text[^1], count) : default;
        return unit switch
        {
            ('d', var days) => TimeSpan.FromDays(days),
            ('h', var hours) => TimeSpan.FromHours(hours),
            ('m', var minutes) => TimeSpan.FromMinutes(minutes),
            _ => throw new UsageException("--expires is a whole number with d, h or m behind it, such as 30d."),
        };
    }
}
