using System.CommandLine;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Lets somebody in again whose access tokens were shut out.</summary>
internal sealed class SessionReadmitVerb() : Verb("session readmit", "Let whoever a revoked session of access tokens shut out in again, with the next token.")
{
    private readonly Argument<string> tenant = Named.Tenant();
    private readonly Argument<string> session = new("SESSION") { Description = "The revoked session's id, ses_…." };

    protected override IEnumerable<Argument> Arguments => [tenant, session];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var id = Named.TenantOf(parse.GetValue(tenant));
        return WithStoreAsync(
            parse,
            terminal,
            async services =>
            {
                var result = await services.GetRequiredService<ISessionAdministration>().ReadmitAsync(id, parse.GetValue(session)!, cancellation);
                if (!result.TryGet(out var readmitted, out var refusal))
                {
                    return terminal.Refuse(refusal);
                }

                SessionSheet.Write([readmitted], parse.GetValue(CommonOptions.Json), terminal);
                return ExitCode.Done;
            },
            cancellation);
    }
}
