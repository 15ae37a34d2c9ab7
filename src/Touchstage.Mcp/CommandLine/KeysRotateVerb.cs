using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Rotates the keys, while servers run.</summary>
internal sealed class KeysRotateVerb() : Verb("keys rotate", "Make new keys and seal anew under them, while servers run.")
{
    private const string Ring = "ring";
    private const string Data = "data";
    private const string Signing = "signing";

    private static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(7);

    private readonly Option<string[]> only = Choice();
    private readonly Option<string?> overlap = new("--overlap") { Description = "For how long the new signing key is published before it signs: 10m, 2h, 1d. Default: 10m.", HelpName = "TIME" };
    private readonly Option<bool> now = new("--now") { Description = "The new signing key signs at once. For an emergency: an API that does not fetch the key set anew for an unknown key refuses until it does." };

    protected override IEnumerable<Option> Options => [only, overlap, now];

    protected override Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        if (parse.GetValue(now) && parse.GetValue(overlap) is not null)
        {
            return Task.FromResult(terminal.Misused("Say either --now or --overlap TIME, not both."));
        }

        var lead = parse.GetValue(now) ? TimeSpan.Zero : Overlap(parse.GetValue(overlap) ?? "10m");
        var asked = parse.GetValue(only) is { Length: > 0 } named ? named : [Ring, Data, Signing];
        return WithStoreAsync(parse, terminal, services => RotateAsync(services, asked, lead, parse.GetValue(CommonOptions.Json), terminal, cancellation), cancellation);
    }

    private static async Task<int> RotateAsync(IServiceProvider services, string[] asked, TimeSpan lead, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        var tenants = services.GetRequiredService<ITenantKeyAdministration>();
        var wrapped = asked.Contains(Ring) ? await tenants.RotateRingAsync(cancellation) : (int?)null;
        var rotated = asked.Contains(Data) ? await tenants.RotateDataAsync(cancellation) : [];
        var next = asked.Contains(Signing) ? await services.GetRequiredService<ISigningKeyAdministration>().RotateAsync(lead, cancellation) : null;
        if (asJson)
        {
            terminal.WriteJson(Json(wrapped, rotated, next));
        }
        else
        {
            Tell(wrapped, rotated, next, terminal);
        }

        return rotated.Any(tenant => tenant.Unreadable.Count > 0) ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Tell(int? wrapped, IReadOnlyList<RotatedTenant> rotated, SigningKeyDescription? next, Terminal terminal)
    {
        if (wrapped is { } count)
        {
            terminal.Out.WriteLine($"The key ring has a new key; {count} key(s) are wrapped anew under it.");
        }

        foreach (var tenant in rotated)
        {
            terminal.Out.WriteLine($"Tenant {tenant.Tenant} seals under generation {tenant.Generation}; {tenant.Resealed} secret(s) and token(s) are sealed anew.");
            foreach (var name in tenant.Unreadable)
            {
                terminal.Error.WriteLine($"{VisibleText.Line(name)} of tenant {tenant.Tenant} does not open, and stays as it was. Set it anew: touchstage secret set {tenant.Tenant} {VisibleText.Line(name)}");
            }
        }

        if (next is not null)
        {
            terminal.Out.WriteLine($"Signing key {next.KeyId} is published, and signs from {ApprovalDocument.Time(next.SignsFrom)} on.");
        }
    }

    private static JsonObject Json(int? wrapped, IReadOnlyList<RotatedTenant> rotated, SigningKeyDescription? next) => new()
    {
        ["wrapped_anew"] = wrapped,
        ["tenants"] = new JsonArray([.. rotated.Select(tenant => (JsonNode)new JsonObject
        {
            ["tenant"] = $"{tenant.Tenant}",
            ["generation"] = tenant.Generation,
            ["sealed_anew"] = tenant.Resealed,
            ["unreadable"] = new JsonArray([.. tenant.Unreadable.Select(name => (JsonNode)name)]),
        })]),
        ["signing_key"] = next is null ? null : KeySheet.Json(next),
    };

    private static Option<string[]> Choice()
    {
        var option = new Option<string[]>("--only") { Description = "Rotate just this: ring (what wraps), data (what seals secrets), signing. May be repeated.", HelpName = "KEYS" };
        option.AcceptOnlyFromAmong(Ring, Data, Signing);
        return option;
    }

    private static TimeSpan Overlap(string text)
    {
        var span = text is [.. var digits, var unit] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var many)
            ? unit switch { 'd' => TimeSpan.FromDays(many), 'h' => TimeSpan.FromHours(many), 'm' => TimeSpan.FromMinutes(many), 's' => TimeSpan.FromSeconds(many), _ => TimeSpan.Zero }
            : TimeSpan.Zero;
        return span > TimeSpan.Zero && span <= MaxOverlap ? span : throw new UsageException("--overlap is a time such as 30s, 10m, 2h or 1d, 7d at most. For none at all say --now.");
    }
}
