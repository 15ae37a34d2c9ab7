using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>A call that is explained, as the guardrails see it.</summary>
internal sealed class ExplainedInput
{
    // Where no tenant is named.
    private static readonly TenantId Nobody = TenantId.Parse("example");

    private ExplainedInput(PolicyInput values, string principalKey) => (Values, PrincipalKey) = (values, principalKey);

    /// <summary>What conditions read.</summary>
    public PolicyInput Values { get; }

    /// <summary>What limits by caller count under.</summary>
    public string PrincipalKey { get; }

    /// <summary>Reads a query; null once something is wrong with it, which is added to the problems.</summary>
    public static ExplainedInput? Read(PolicyQuery query, ExplainedScope scope, DateTimeOffset now, ICollection<Problem> problems)
    {
        var capability = scope.Capability;
        var arguments = Json("/args", query.ArgumentsJson, problems);
        Check("/args", capability.Input, arguments, problems);
        var facts = ReadFacts(query, capability, problems);
        var settings = ReadSettings(query, scope, problems);
        if (!Principal.TryCreate(scope.Tenant?.Id ?? Nobody, "touchstage", query.Subject, null, out var principal))
        {
            problems.Add(new("/caller/subject", "query", "is no name that a session can have: 1 to 255 printable ASCII characters without spaces"));
        }

        foreach (var role in query.Roles.Where(role => !SessionRole.IsName(role)))
        {
            problems.Add(new("/caller/roles", "query", $"{role} is no role that a session can have: a-z, 0-9, _ and -"));
        }

        return problems.Count > 0 || arguments is null || settings is null || principal is null
            ? null
            : new(new(capability, arguments, principal.Subject, [.. query.Roles], query.Client, principal.Tenant.Value, settings.Value, query.Now ?? now, facts), principal.Key);
    }

    private static ImmutableSortedDictionary<string, FactAnswer> ReadFacts(PolicyQuery query, Capability capability, ICollection<Problem> problems)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<string, FactAnswer>(StringComparer.Ordinal);
        foreach (var (name, value) in Members("/facts", query.FactsJson, problems))
        {
            if (!capability.Facts.TryGetValue(name, out var fact))
            {
                problems.Add(new($"/facts/{name}", "query", NearestName.Suggest(name, capability.Facts.Keys) ?? "the capability declares no such fact"));
            }
            else if (value.Root.ValueKind is JsonValueKind.Null && !fact.Output.Validate(value).IsEmpty)
            {
                answers[name] = new(null, "the look-up failed", null);
            }
            else
            {
                Check($"/facts/{name}", fact.Output, value, problems);
                answers[name] = new(value, null, null);
            }
        }

        return answers.ToImmutable();
    }

    private static JsonElement? ReadSettings(PolicyQuery query, ExplainedScope scope, ICollection<Problem> problems)
    {
        var given = Members("/settings", query.SettingsJson, problems);
        foreach (var (name, value) in given)
        {
            if (scope.Capability.Settings.TryGetValue(name, out var schema))
            {
                Check($"/settings/{name}", schema, value, problems);
            }
            else
            {
                problems.Add(new($"/settings/{name}", "query", NearestName.Suggest(name, scope.Capability.Settings.Keys) ?? "the capability declares no such setting"));
            }
        }

        var all = scope.Settings.ValueKind is JsonValueKind.Object ? scope.Settings.EnumerateObject().ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal) : [];
        foreach (var (name, value) in given)
        {
            all[name] = value.Root;
        }

        return problems.Count > 0 ? null : TenantBinding.Settings(JsonSerializer.SerializeToElement(all), scope.Capability);
    }

    private static IReadOnlyList<(string Name, CanonicalJson Value)> Members(string path, string? json, ICollection<Problem> problems)
    {
        if (json is null || Json(path, json, problems) is not { } given)
        {
            return [];
        }

        if (given.Root.ValueKind is JsonValueKind.Object)
        {
            return [.. given.Root.EnumerateObject().Select(member => (member.Name, CanonicalJson.From(member.Value).TryGet(out var value, out _) ? value : given))];
        }

        problems.Add(new(path, "query", "must be an object"));
        return [];
    }

    private static CanonicalJson? Json(string path, string text, ICollection<Problem> problems)
    {
        if (CanonicalJson.Parse(text).TryGet(out var json, out var refusal))
        {
            return json;
        }

        problems.Add(new(path, "query", refusal.Reason));
        return null;
    }

    private static void Check(string path, JsonSchema schema, CanonicalJson? value, ICollection<Problem> problems)
    {
        if (value is not null)
        {
            foreach (var problem in schema.Validate(value))
            {
                problems.Add(problem with { Path = path + problem.Path });
            }
        }
    }
}
