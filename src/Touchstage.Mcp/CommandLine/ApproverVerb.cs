using System.CommandLine;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A verb that is done under an approver's session key.</summary>
internal abstract class ApproverVerb(string words, string description) : Verb(words, description)
{
    private readonly Option<string?> sessionFile = Named.SessionFile();

    protected sealed override IEnumerable<Option> Options => [.. OwnOptions, sessionFile];

    /// <summary>The verb's options beside the session key's.</summary>
    protected virtual IEnumerable<Option> OwnOptions => [];

    /// <summary>Whether it takes the manifests as well as the store.</summary>
    protected virtual bool TakesManifests(ParseResult parse) => false;

    protected sealed override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var key = SessionKeySource.Read(parse, sessionFile, terminal);
        Check(parse, terminal);
        return TakesManifests(parse) ? WithCatalogAsync(parse, terminal, WorkAsync, cancellation) : WithStoreAsync(parse, terminal, WorkAsync, cancellation);

        Task<int> WorkAsync(IServiceProvider services) => SessionKeySource.AsApproverAsync(
            services.GetRequiredService<ICallers>(),
            key,
            terminal,
            approver => RunAsync(new(approver, services, parse, terminal), cancellation),
            cancellation);
    }

    /// <summary>Looks at what was given before anything is opened.</summary>
    /// <exception cref="UsageException">It cannot be followed.</exception>
    protected virtual void Check(ParseResult parse, Terminal terminal)
    {
    }

    protected abstract Task<int> RunAsync(ApproverRun run, CancellationToken cancellation);
}
