using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Ledger;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Actions;

/// <inheritdoc/>
internal sealed class Replays(ILedgerStore ledger, ITenantStore tenants) : IReplays
{
    /// <inheritdoc/>
    public async Task<Result<Replay>> ReplayAsync(TenantId tenant, string stepId, CancellationToken cancellation)
    {
        if (await tenants.LifeAsync(tenant, cancellation) is TenantLife.Shredded)
        {
            return TenantRefusals.IsShredded(tenant);
        }

        var entries = await ledger.ReadAboutAsync(tenant, stepId, cancellation);
        if (entries.FirstOrDefault(e => e.Kind == LedgerKind.StepRecorded) is not { } recorded)
        {
            return new Refusal(ActionRefusals.UnknownStep, $"Tenant {tenant} has no step {stepId} in its ledger.");
        }

        var settled = entries.LastOrDefault(e => e.Kind == LedgerKind.StepSettled);
        return new Replay(stepId, [.. Recorded(recorded, Body(recorded)), .. Carried(recorded, settled)]);
    }

    private static IEnumerable<ReplayStage> Recorded(LedgerEntry entry, JsonElement body)
    {
        ReplayStage Stage(string name, string text) => new(name, entry.Number, entry.At, text);

        yield return Stage(PipelineStage.Identify, $"{Text(body, "principal")} with {Text(body, "client")}, roles {Texts(body, "roles")}, session {Text(body, "session")}");
        yield return Stage(PipelineStage.Resolve, $"{Text(body, "capability")} through {Text(body, "connection")}, manifest {Text(body, "manifest")}");
        yield return Stage(PipelineStage.Validate, $"{Text(body, "summary")}: {body.GetProperty("arguments").GetRawText()}");
        if (body.TryGetProperty("findings", out var findings))
        {
            yield return Stage(PipelineStage.Judge, string.Join("; ", findings.EnumerateArray().Select(Finding)));
            yield return Stage(
                PipelineStage.Permit,
                body.TryGetProperty("approval", out var approval)
                    ? $"approved by {Texts(approval, "approved_by")} as {Text(approval, "id")} revision {approval.GetProperty("revision").GetRawText()}"
                    : $"by policy: {Texts(body, "permitting")}");
        }
        else
        {
            yield return Stage(
                PipelineStage.Permit,
                Text(body, "verifies") is { Length: > 0 } verified ? $"declared look-up {Text(body, "scope")} of step {verified}" : $"declared fact {Text(body, "scope")}");
        }

        yield return Stage(PipelineStage.Record, $"entry {entry.Number}, {entry.Hash}");
    }

    // What the stages after it did is known only from the outcome.
    private static ImmutableArray<ReplayStage> Carried(LedgerEntry recorded, LedgerEntry? settled)
    {
        var body = Body(recorded);
        var request = body.GetProperty("request");
        var (method, uri) = (Text(request, "method"), Text(request, "uri"));
        if (settled is null)
        {
            return
            [
                .. new[] { PipelineStage.Refresh, PipelineStage.Mint, PipelineStage.Open, PipelineStage.Send }.Select(name => new ReplayStage(name, recorded.Number, recorded.At, $"not known: {method} {uri}")),
                new(PipelineStage.Settle, recorded.Number, recorded.At, "not settled: it may or may not have happened"),
            ];
        }

        var outcome = Body(settled);
        var wasSent = !(outcome.TryGetProperty("surely_not_reached", out var notReached) && notReached.ValueKind is JsonValueKind.True);
        var code = Text(outcome, "code") is { Length: > 0 } text ? $" ({text})" : "";
        ReplayStage Stage(string name, string sent) => new(name, settled.Number, settled.At, wasSent ? sent : $"the upstream was surely not reached{code}");
        return
        [
            Stage(PipelineStage.Refresh, $"an access token for {Text(body, "connection")} that outlives the step, where it takes one"),
            Stage(PipelineStage.Mint, $"scope {Text(body, "scope")}, for {method} {uri}"),
            Stage(PipelineStage.Open, $"the credential of {Text(body, "connection")}, for this step"),
            Stage(PipelineStage.Send, $"{method} {uri} {request.GetProperty("body").GetRawText()}"),
            new(PipelineStage.Settle, settled.Number, settled.At, $"{Text(outcome, "status")}{code}, {How(outcome)}"),
        ];
    }

    private static string How(JsonElement outcome) => Text(outcome, "settled_by") switch
    {
        "verify" => $"by look-up {Text(outcome, "look_up")}",
        "person" => $"by {Text(outcome, "resolver")}: {Text(outcome, "reason")}",
        _ => $"HTTP {(outcome.TryGetProperty("http_status", out var status) ? status.GetRawText() : "-")}",
    };

    private static string Finding(JsonElement finding) =>
        $"{Text(finding, "rule")} {Text(finding, "condition")} = {Text(finding, "outcome")} {finding.GetProperty("reads").GetRawText()}";

    // An entry encloses received arguments, so it nests deeper than they may.
    private static JsonElement Body(LedgerEntry entry) => CanonicalJson.Restore(entry.Bytes.AsSpan()).Root.GetProperty("body");

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string Texts(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var values) && values.GetArrayLength() > 0 ? string.Join(", ", values.EnumerateArray().Select(v => v.GetString())) : "none";
}
