using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Credentials.OAuth;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lets a person consent at a connection's authorization server, once.</summary>
internal sealed class ConnectionAuthorizeVerb() : Verb("connection authorize", "Authorize a connection at its authorization server, in a browser. Needed once; it refreshes itself from then on.")
{
    // Where nothing listens, and a browser on another computer ends: a port that is registered there can be named.
    private const int PastedPort = 5219;
    private const int MaxAddress = 16 * 1024;

    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> connection = Named.Connection();
    private readonly Option<int?> port = new("--port") { Description = $"The port of 127.0.0.1 that the browser comes back to. Default: a free one; with --paste, {PastedPort}.", HelpName = "N" };
    private readonly Option<bool> paste = new("--paste") { Description = "The browser is on another computer: read the whole address at which it ends from standard input." };

    protected override IEnumerable<Argument> Arguments => [tenant, connection];

    protected override IEnumerable<Option> Options => [port, paste];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (parse.GetValue(port) is < 0 or > 65_535)
        {
            return terminal.Misused("--port is a number from 0 to 65535; 0 takes a free one.");
        }

        var id = Named.TenantOf(parse.GetValue(tenant));
        try
        {
            return await WithStoreAsync(
                parse,
                terminal,
                services => parse.GetValue(paste)
                    ? PastedAsync(services.GetRequiredService<IConnectionAuthorization>(), id, parse, terminal, cancellation)
                    : ListeningAsync(services.GetRequiredService<IConnectionAuthorization>(), id, parse, terminal, cancellation),
                cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return terminal.Refuse("It was broken off. Nothing was authorized.");
        }
    }

    private async Task<int> ListeningAsync(IConnectionAuthorization authorization, TenantId id, ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        await using var callback = await AuthorizationCallback.StartAsync(parse.GetValue(port) ?? 0, cancellation);
        if (!(await authorization.BeginAsync(id, parse.GetValue(connection)!, callback.RedirectUri, cancellation)).TryGet(out var request, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        Tell(request, terminal);
        string query;
        try
        {
            query = await callback.AnswerToAsync(request, AuthorizationRequest.GoodFor, cancellation);
        }
        catch (TimeoutException)
        {
            return terminal.Refuse("No answer came within ten minutes. Nothing was authorized; begin again.");
        }

        return await CompleteAsync(authorization, request, query, parse, terminal, cancellation);
    }

    private async Task<int> PastedAsync(IConnectionAuthorization authorization, TenantId id, ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var back = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", parse.GetValue(port) is { } named and > 0 ? named : PastedPort, AuthorizationCallback.Path).Uri;
        if (!(await authorization.BeginAsync(id, parse.GetValue(connection)!, back, cancellation)).TryGet(out var request, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        Tell(request, terminal);
        await terminal.Error.WriteLineAsync($"The browser ends at {back}, which it cannot show. Paste the whole address from its address bar here and press Enter:");
        return Uri.TryCreate(await ReadLineAsync(terminal, cancellation), UriKind.Absolute, out var ended) && ended.GetLeftPart(UriPartial.Path) == back.AbsoluteUri
            ? await CompleteAsync(authorization, request, ended.Query, parse, terminal, cancellation)
            : terminal.Refuse($"That is not the address at which the browser ends: it begins with {back}. Nothing was authorized; begin again.");
    }

    // The address alone on standard output. It is not handed to a browser: command lines are seen by other users of the computer, and whoever opens it first may consent as somebody else.
    private static void Tell(AuthorizationRequest request, Terminal terminal)
    {
        terminal.Error.WriteLine($"Open this address in a browser and consent, within ten minutes. Whoever consents there is who the connection {VisibleText.Line(request.Connection)} acts as:");
        terminal.Out.WriteLine(request.Address.AbsoluteUri);
        terminal.Out.Flush();
    }

    private static async Task<int> CompleteAsync(IConnectionAuthorization authorization, AuthorizationRequest request, string query, ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (!(await authorization.CompleteAsync(request, query, cancellation)).TryGet(out var authorized, out var refusal))
        {
            return terminal.Refuse(refusal);
        }

        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(new JsonObject { ["tenant"] = authorized.Tenant.Value, ["connection"] = authorized.Connection, ["access_token_expires_at"] = authorized.ExpiresAt });
            return ExitCode.Done;
        }

        await terminal.Out.WriteLineAsync($"The connection {authorized.Connection} of tenant {authorized.Tenant} is authorized.");
        await terminal.Out.WriteLineAsync($"Its first access token lasts until {ConnectionSheet.TimeOf(authorized.ExpiresAt)}; the next ones are fetched by themselves.");
        return ExitCode.Done;
    }

    private static async Task<string> ReadLineAsync(Terminal terminal, CancellationToken cancellation)
    {
        var (line, one) = (new MemoryStream(), new byte[1]);
        while (line.Length < MaxAddress && await terminal.In.ReadAsync(one, cancellation) == 1 && one[0] != '\n')
        {
            line.WriteByte(one[0]);
        }

        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).Trim();
    }
}
