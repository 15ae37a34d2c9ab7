using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Touchstage.Mcp.SignIns;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes a link that signs one browser on this computer in to the inbox, once.</summary>
internal sealed class InboxOpenVerb() : Verb("inbox open", "Make a link that signs a browser on this computer in to the inbox. It works once, for two minutes.")
{
    private const string DefaultUrl = "http://127.0.0.1:5210";

    private readonly Option<string?> url = new("--url") { Description = $"Where the server listens: a loopback address. Default: {DefaultUrl}.", HelpName = "URL" };
    private readonly Option<bool> browser = new("--browser") { Description = "Open the link in this computer's browser instead of printing it." };
    private readonly Option<string?> sessionFile = Named.SessionFile();

    protected override IEnumerable<Option> Options => [url, browser, sessionFile];

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
                    ? Tell(new Uri(server, $"{InboxPaths.SignIn}?ticket={Uri.EscapeDataString(ticket.Reveal())}"), parse.GetValue(browser), terminal)
                    : terminal.Refuse(refusal),
                cancellation),
            cancellation);
    }

    private static int Tell(Uri link, bool inBrowser, Terminal terminal)
    {
        if (!inBrowser)
        {
            terminal.Out.WriteLine(link.AbsoluteUri);
            terminal.Error.WriteLine("The link works once, for two minutes, in a browser on this computer.");
            return ExitCode.Done;
        }

        try
        {
            using var opened = Process.Start(new ProcessStartInfo(link.AbsoluteUri) { UseShellExecute = true });
            return ExitCode.Done;
        }
        catch (Exception none) when (none is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return terminal.Refuse("No browser could be opened. Leave --browser off, and open the link that is printed.");
        }
    }
}
