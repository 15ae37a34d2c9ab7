using System.CommandLine;
using Touchstage.Mcp.Introspection;
using Touchstage.Safety.Steps.Introspection;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Makes a client with which the API behind a connection asks about its step tokens, and shows its secret, once.</summary>
internal sealed class IntrospectionCreateVerb() : Verb("introspection create", "Make a client for the API behind a connection to ask about its step tokens. Its secret is shown once.")
{
    private const string DefaultUrl = "http://127.0.0.1:5210";

    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> connection = new("CONNECTION") { Description = "The connection's name in the tenant's manifest; it needs an audience." };
    private readonly Option<string?> url = new("--url") { Description = $"Where the API reaches the server, for the example. Default: {DefaultUrl}.", HelpName = "URL" };

    protected override IEnumerable<Argument> Arguments => [tenant, connection];

    protected override IEnumerable<Option> Options => [url];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        var text = parse.GetValue(url) ?? DefaultUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.PathAndQuery != "/" || server.UserInfo.Length > 0)
        {
            return Task.FromResult(terminal.Misused($"--url must be an address without a path, like {DefaultUrl}."));
        }

        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                if (!(await services.GetRequiredService<IIntrospectionClients>().CreateAsync(id, parse.GetValue(connection)!, cancellation)).TryGet(out var created, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                Tell(created, new Uri(server, IntrospectionEndpoint.Path), parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }

    private static void Tell(NewIntrospectionClient created, Uri endpoint, bool asJson, Terminal terminal)
    {
        var client = created.Client;
        if (asJson)
        {
            var told = IntrospectionSheet.Json(client);
            told["client_secret"] = created.Secret.Reveal();
            terminal.WriteJson(told);
            return;
        }

        terminal.Out.WriteLine($"client_id      {client.Id}");
        terminal.Out.WriteLine($"client_secret  {created.Secret.Reveal()}");
        terminal.Error.WriteLine($"It asks about the tokens of connection {client.Connection} of tenant {client.Tenant}, and no others. The secret stands above and is not to be had again.");
        // Without the secret in it: a command line is seen by others and kept by the shell. curl asks for it.
        terminal.Error.WriteLine($"The API's owner tries it with: curl --user {client.Id} --data token=TOKEN {endpoint}");
    }
}
