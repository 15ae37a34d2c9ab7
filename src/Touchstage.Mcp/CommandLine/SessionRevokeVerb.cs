using System.CommandLine;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Takes a session back at once.</summary>
internal sealed class SessionRevokeVerb() : Verb("session revoke", "Take a session back at once, with what it has pending or approved; one of access tokens shuts their holder out.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> session = new("SESSION") { Description = "The session's id, ses_…." };

    protected override IEnumerable<Argument> Arguments => [tenant, session];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                var result = await services.GetRequiredService<ISessionAdministration>().RevokeAsync(id, parse.GetValue(session)!, cancellation);
                if (!result.TryGet(out var revoked, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                SessionSheet.Write([revoked], parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }
}
