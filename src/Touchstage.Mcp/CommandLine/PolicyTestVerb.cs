using System.CommandLine;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Testing;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Runs the policy tests of the manifests, and says which rules they do not show from both sides.</summary>
internal sealed class PolicyTestVerb() : Verb("policy test", "Run the policy tests, and see which rules they do not show both true and false.")
{
    private readonly Argument<string[]> only = new("CAPABILITY") { Description = "The capabilities to test. Default: all.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> strict = new("--strict") { Description = "A rule that no test makes both true and false is an error." };

    protected override IEnumerable<Argument> Arguments => [only];

    protected override IEnumerable<Option> Options => [strict];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        var manifests = services.GetRequiredService<IManifests>().Check();
        if (!manifests.IsLoaded)
        {
            return Found(manifests, terminal);
        }

        var named = parse.GetValue(only) ?? [];
        if (Array.Find(named, name => !manifests.Capabilities.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            var nearest = NearestWord.Of(unknown, manifests.Capabilities);
            return terminal.Refuse($"There is no capability {VisibleText.Line(unknown)}.{(nearest is null ? "" : $" Did you mean {nearest}?")}");
        }

        var isStrict = parse.GetValue(strict);
        var report = services.GetRequiredService<IPolicyTests>().Run(named);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(PolicyTestSheet.Json(report));
        }
        else
        {
            PolicyTestSheet.Write(report, isStrict, terminal);
        }

        return report.Failed.Count == 0 && !(isStrict && report.Uncovered.Count > 0) ? ExitCode.Done : ExitCode.Refused;
    }
}
