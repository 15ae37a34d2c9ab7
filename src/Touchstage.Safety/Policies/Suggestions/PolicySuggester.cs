using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Policies.Simulation;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Suggestions;

/// <inheritdoc/>
internal sealed class PolicySuggester(
    CatalogDirectory directory, IDecisionHistory history, IPeopleDecisions people, IManifestStore manifests, PolicySimulator simulator, TimeProvider time) : IPolicySuggestions
{
    /// <inheritdoc/>
    public async Task<Result<SuggestionReport>> SuggestAsync(SuggestionRequest request, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Since, TimeSpan.Zero, nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(request.Least, request.LeastPeople), 1, nameof(request));
        var all = await history.TenantsAsync(cancellation);
        if (request.Tenant is { } tenant && !all.Contains(tenant))
        {
            return TenantRefusals.NoSuchTenant(tenant);
        }

        var (load, until) = (CatalogLoader.Load(directory.Path), time.GetUtcNow());
        if (load.Capabilities is not { } capabilities)
        {
            return new SuggestionReport(until - request.Since, until, [], [], [.. load.Problems]);
        }

        var files = ManifestFolder.Read(directory.Path, []).ToDictionary(file => Path.ChangeExtension(file.Name, null), StringComparer.Ordinal);
        var lessons = await new Lessons(history, people).ReadAsync(request.Tenant is { } one ? [one] : all, until - request.Since, cancellation);
        var (suggestions, none) = (ImmutableArray.CreateBuilder<RuleSuggestion>(), ImmutableArray.CreateBuilder<NoSuggestion>());
        foreach (var capability in capabilities.Values.Where(capability => request.Capability is null || request.Capability == capability.Name))
        {
            var evidence = await LessonEvidence.ReadAsync(capability, lessons, new ManifestVersions(manifests), cancellation);
            foreach (var isForbid in (bool[])[false, true])
            {
                var (rule, reason) = new RuleSearch(capability, evidence, request, isForbid).Find();
                // Two rules at once would be two patches against one text, and each was held against the other's absence.
                var isSecond = rule is not null && suggestions.Count > 0 && suggestions[^1].Capability == capability.Name;
                var (suggestion, problem) = isSecond ? (null, "one rule at a time: ask again when the other is decided") : rule is null
                    ? (null, reason)
                    : await WriteAsync(capabilities, files[capability.Path], rule, evidence, request, isForbid, until - request.Since, cancellation);
                if (suggestion is not null)
                {
                    suggestions.Add(suggestion);
                }
                else if (problem is not null)
                {
                    none.Add(new(capability.Name, isForbid ? "forbid" : "allow", problem));
                }
            }
        }

        return new SuggestionReport(until - request.Since, until, suggestions.ToImmutable(), none.ToImmutable(), []);
    }

    private async Task<(RuleSuggestion? Suggestion, string? Problem)> WriteAsync(
        ImmutableSortedDictionary<string, Capability> capabilities,
        ManifestFile file,
        LearntRule rule,
        LessonEvidence evidence,
        SuggestionRequest request,
        bool isForbid,
        DateTimeOffset from,
        CancellationToken cancellation)
    {
        var capability = evidence.Capability;
        var draft = new RuleDraft(capability, file, rule, isForbid);
        var (patch, patched, problem) = draft.Write();
        if (patch is null || patched is null)
        {
            return (null, problem);
        }

        var decided = rule.Covered.Count(lesson => evidence.Judge(patched, lesson)?.Decision == (isForbid ? CallDecision.Forbidden : CallDecision.Permitted));
        if (decided < request.Least)
        {
            return (null, $"of {rule.Covered.Length} calls that it covers, only {decided} would be decided by it: another rule holds or forbids the rest");
        }

        if (!isForbid && evidence.Unwanted.Any(lesson => evidence.Judge(patched, lesson)?.Decision is CallDecision.Permitted && evidence.Judge(capability, lesson)?.Decision is not CallDecision.Permitted))
        {
            return (null, "with it, a call that people rejected would be permitted");
        }

        // Every tenant's calls: the manifest is all of theirs.
        var simulation = await simulator.SimulateAsync(capabilities.SetItem(capability.Name, patched), tenant: null, from, cancellation);
        var cause = $"{patched.Rules[^1].Id} {rule.Condition}";
        ChangedCall[] changed = [.. simulation.Changes.Where(change => change.Capability == capability.Name && change.Cause == cause).SelectMany(change => change.Calls)];
        return (
            new()
            {
                Capability = capability.Name,
                Effect = isForbid ? "forbid" : "allow",
                Condition = rule.Condition,
                Limit = draft.PerDay is { } most ? $"count {most} per 1d by caller" : null,
                Covered = decided,
                Of = isForbid ? evidence.Rejected.Length : evidence.Approved.Length,
                HeldAgainst = isForbid ? evidence.Approved.Length + evidence.Permitted.Length : evidence.Unwanted.Length,
                Deciders = Counted(rule.Covered.SelectMany(lesson => lesson.Deciders).Select(decider => decider.Name)),
                Requesters = Counted(rule.Covered.Select(lesson => lesson.Call.Judged!.Subject)),
                Unrestricted = rule.Unrestricted,
                Changed = changed.Length,
                Examples = [.. changed.Take(5)],
                NotReplayable = simulation.NotReplayed.SelectMany(reason => reason.Calls).Count(call => call.Capability == capability.Name),
                Patch = patch.Diff(request.PatchRoot.Length == 0 ? file.Name : $"{request.PatchRoot.TrimEnd('/')}/{file.Name}"),
            },
            null);
    }

    private static ImmutableArray<KeyValuePair<string, int>> Counted(IEnumerable<string> names) =>
        [.. names.GroupBy(name => name, StringComparer.Ordinal).OrderByDescending(one => one.Count()).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, one.Count()))];
}
