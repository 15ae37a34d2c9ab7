using System.CommandLine;
using System.Globalization;
using System.Text;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Explanations;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Says what would be decided of a call, and why; nothing is looked up, recorded or sent.</summary>
internal sealed class PolicyExplainVerb() : Verb("policy explain", "See what would be decided of a call, and why, without making it.")
{
    private const int MostBytes = 1_048_576;

    private readonly Argument<string> capability = new("CAPABILITY") { Description = "The capability." };
    private readonly Option<string> arguments = new("--args") { Description = "The call's arguments.", HelpName = "JSON|@FILE|-", Required = true };
    private readonly Option<string?> caller = new("--as") { Description = "Who calls: roles, and subject=NAME or client=NAME, separated by commas.", HelpName = "ROLE,…" };
    private readonly Option<string?> tenant = new("--tenant") { Description = "Whose settings, rules and limits apply, from the store. Default: the manifest alone.", HelpName = "TENANT" };
    private readonly Option<string?> facts = new("--facts") { Description = "Answers by fact; null for a look-up that failed. What is not given stays open.", HelpName = "JSON|@FILE" };
    private readonly Option<string?> settings = new("--settings") { Description = "Settings over the tenant's or the defaults.", HelpName = "JSON|@FILE" };
    private readonly Option<string?> now = new("--now") { Description = "The instant, such as 2026-01-31T12:00:00Z. Default: now.", HelpName = "INSTANT" };

    protected override IEnumerable<Argument> Arguments => [capability];

    protected override IEnumerable<Option> Options => [arguments, caller, tenant, facts, settings, now];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var query = await QueryAsync(parse, terminal, cancellation);
        return query.Tenant is null
            ? await WithoutStoreAsync(parse, terminal, query, cancellation)
            : await WithStoreAsync(parse, terminal, services => ExplainAsync(services, parse, terminal, query, cancellation), cancellation);
    }

    private static async Task<int> WithoutStoreAsync(ParseResult parse, Terminal terminal, PolicyQuery query, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        return await ExplainAsync(services, parse, terminal, query, cancellation);
    }

    private static async Task<int> ExplainAsync(IServiceProvider services, ParseResult parse, Terminal terminal, PolicyQuery query, CancellationToken cancellation)
    {
        var manifests = services.GetRequiredService<IManifests>().Check();
        if (!manifests.IsLoaded)
        {
            return Found(manifests, terminal);
        }

        if (!manifests.Capabilities.Contains(query.Capability, StringComparer.Ordinal))
        {
            var nearest = NearestWord.Of(query.Capability, manifests.Capabilities);
            return terminal.Refuse($"There is no capability {VisibleText.Line(query.Capability)}.{(nearest is null ? "" : $" Did you mean {nearest}?")}");
        }

        var report = await services.GetRequiredService<IPolicyExplanations>().ExplainAsync(query, cancellation);
        if (report.Explanation is not { } explanation)
        {
            foreach (var problem in report.Problems)
            {
                terminal.Warn(VisibleText.Line(problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}"));
            }

            return terminal.Refuse("The call cannot be explained.");
        }

        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(ExplanationSheet.Json(explanation));
        }
        else
        {
            ExplanationSheet.Write(explanation, terminal);
        }

        return ExitCode.Done;
    }

    private async Task<PolicyQuery> QueryAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        var words = (parse.GetValue(caller) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new(
            parse.GetValue(capability)!,
            await TextAsync(parse.GetValue(arguments)!, terminal, cancellation),
            parse.GetValue(tenant) is { } named ? Named.TenantOf(named) : null,
            After(words, "subject=") ?? "agent",
            [.. words.Where(word => !word.Contains('=', StringComparison.Ordinal))],
            After(words, "client=") ?? "cli",
            parse.GetValue(facts) is { } answers ? await TextAsync(answers, terminal, cancellation) : null,
            parse.GetValue(settings) is { } values ? await TextAsync(values, terminal, cancellation) : null,
            Instant(parse.GetValue(now)));
    }

    private static string? After(string[] words, string prefix)
    {
        foreach (var word in words.Where(word => word.Contains('=', StringComparison.Ordinal)))
        {
            if (!word.StartsWith("subject=", StringComparison.Ordinal) && !word.StartsWith("client=", StringComparison.Ordinal))
            {
                throw new UsageException("--as takes roles, subject=NAME and client=NAME, separated by commas.");
            }
        }

        return Array.FindLast(words, word => word.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    private static DateTimeOffset? Instant(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant
        : throw new UsageException("--now is an instant such as 2026-01-31T12:00:00Z.");

    private static async Task<string> TextAsync(string given, Terminal terminal, CancellationToken cancellation)
    {
        if (given == "-")
        {
            return await ReadAsync(terminal.In, "standard input", cancellation);
        }

        if (!given.StartsWith('@'))
        {
            return given;
        }

        var path = Path.GetFullPath(given[1..], terminal.CurrentDirectory);
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        await using var file = File.OpenRead(path);
        return await ReadAsync(file, path, cancellation);
    }

    private static async Task<string> ReadAsync(Stream stream, string name, CancellationToken cancellation)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var text = new char[MostBytes + 1];
        var length = await reader.ReadBlockAsync(text, cancellation);
        return length <= MostBytes ? new(text, 0, length) : throw new UsageException($"{name} holds more than 1 MiB.");
    }
}
