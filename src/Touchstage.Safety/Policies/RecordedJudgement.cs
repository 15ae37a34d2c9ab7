using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Policies;

/// <summary>What a call was judged on, as the sealed payload of its ledger entry carries it under <see cref="Member"/>, so that the same or other rules can judge it again.</summary>
/// <param name="At">The instant of judging.</param>
/// <param name="PrincipalKey">Whose call: what limits by caller count by.</param>
/// <param name="Subject">The caller's subject.</param>
/// <param name="Roles">The caller's roles.</param>
/// <param name="Client">The caller's program.</param>
/// <param name="Path">Where the capability's manifest was, which tenants name it by: <c>billing/refund_user</c>.</param>
/// <param name="TenantManifest">The digest of the tenant's manifest.</param>
/// <param name="Settings">The tenant's settings as the capability's conditions read them.</param>
/// <param name="Facts">The facts that were looked up.</param>
/// <param name="Verdict">What the guardrails came to, before any limit was asked.</param>
internal sealed record RecordedJudgement(
    DateTimeOffset At,
    string PrincipalKey,
    string Subject,
    ImmutableArray<string> Roles,
    string Client,
    string Path,
    string TenantManifest,
    JsonElement Settings,
    ImmutableSortedDictionary<string, FactAnswer> Facts,
    Verdict Verdict)
{
    /// <summary>The payload's member that holds it.</summary>
    public const string Member = "judged";

    private const int Version = 1;
    private const string Instant = "O";

    /// <summary>As the payload carries it: <c>{ v, at, principal, subject, roles, client, path, tenant_manifest, settings, facts: { name: { value?, failure?, step?, age_seconds? } }, verdict }</c>.</summary>
    public static JsonObject Of(Judgement judgement)
    {
        var action = judgement.Action;
        return new()
        {
            ["v"] = Version,
            ["at"] = Text(judgement.At),
            ["principal"] = action.Caller.Principal.Key,
            ["subject"] = action.Caller.Principal.Subject,
            ["roles"] = new JsonArray([.. action.Caller.Roles.Select(role => (JsonNode?)role)]),
            ["client"] = action.Caller.Client,
            ["path"] = action.Capability.Path,
            ["tenant_manifest"] = action.Scope.Tenant.Digest,
            ["settings"] = JsonNode.Parse(action.Scope.Settings.GetRawText()),
            ["facts"] = new JsonObject(judgement.Facts.Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)Of(fact.Value)))),
            ["verdict"] = judgement.Verdict.ToString(),
        };
    }

    /// <summary>Reads it out of a payload; null if an earlier version wrote the payload without it.</summary>
    public static RecordedJudgement? Read(JsonElement payload)
    {
        if (!payload.TryGetProperty(Member, out var judged) || judged.GetProperty("v").GetInt32() != Version)
        {
            return null;
        }

        return new(
            InstantOf(judged, "at"),
            judged.GetProperty("principal").GetString()!,
            judged.GetProperty("subject").GetString()!,
            [.. judged.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)],
            judged.GetProperty("client").GetString()!,
            judged.GetProperty("path").GetString()!,
            judged.GetProperty("tenant_manifest").GetString()!,
            judged.GetProperty("settings"),
            judged.GetProperty("facts").EnumerateObject().ToImmutableSortedDictionary(fact => fact.Name, fact => Fact(fact.Value), StringComparer.Ordinal),
            Enum.Parse<Verdict>(judged.GetProperty("verdict").GetString()!));
    }

    /// <summary>An instant as payloads spell it, to the tick.</summary>
    public static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString(Instant, CultureInfo.InvariantCulture);

    /// <summary>Reads such an instant.</summary>
    public static DateTimeOffset InstantOf(JsonElement parent, string name) =>
        DateTimeOffset.ParseExact(parent.GetProperty(name).GetString()!, Instant, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static JsonObject Of(FactAnswer answer) => new() { ["value"] = answer.Value?.ToNode(), ["failure"] = answer.Failure, ["step"] = answer.StepId, ["age_seconds"] = answer.AgeSeconds };

    private static FactAnswer Fact(JsonElement fact) => new(
        fact.GetProperty("value") is { ValueKind: not JsonValueKind.Null } value ? CanonicalJson.Restore(value.GetRawText()) : null,
        fact.GetProperty("failure").GetString(),
        fact.GetProperty("step").GetString(),
        fact.TryGetProperty("age_seconds", out var age) && age.ValueKind is JsonValueKind.Number ? age.GetInt64() : null);
}
