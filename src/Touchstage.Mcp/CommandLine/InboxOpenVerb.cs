using System.CommandLine;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes a link that signs one browser on this computer in to the inbox, once.</summary>
internal sealed class InboxOpenVerb() : Verb("inbox open", "Make a link that signs a browser on this computer in to the inbox. It works once, for two minutes.")
{
    private const string DefaultUrl = "http://127.0.0.1:5210";

    private readonly Option<string?> url = new("--url") { Description = $"Where the server listens: a loopback address. Default: {DefaultUrl}.", HelpName = "URL" };
    private readonly Option<string?> sessionFile = Named.SessionFile();

    protected override IEnumerable<Option> Options => [url, sessionFile];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var text = parse.GetValue(url) ?? DefaultUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || !server.IsLoopback || server.PathAndQuery != "/" || server.UserInfo.Length > 0)
        {
            return Task.FromResult(terminal.Misused($"--url must be a loopback address like {DefaultUrl}: a link is taken only on the computer where the server runs."));
        }

        var key = SessionKeySource.Read(parse, sessionFile, terminal);
        return WithStoreAsync(
            parse,
            terminal,
            services => SessionKeySource.AsApproverAsync(
                services.GetRequiredService<ICallers>(),
                key,
                terminal,
                async approver => (await services.GetRequiredService<ISignIns>().CreateTicketAsync(approver, cancellation)).TryGet(out var ticket, out var refusal)
                    ? Tell(new Uri(server, $"{InboxPaths.SignIn}?ticket={Uri.EscapeDataString(ticket.Reveal())}"), terminal)
                    : terminal.Refuse(refusal),
                cancellation),
            cancellation);
    }

    // Printed and never handed to a browser: another user of the computer could read it from that command line, and be first.
    private static int Tell(Uri link, Terminal terminal)
    {
        terminal.Out.WriteLine(link.AbsoluteUri);
        terminal.Error.WriteLine("The link works once, for two minutes, in a browser on this computer.");
        return ExitCode.Done;
    }
}
