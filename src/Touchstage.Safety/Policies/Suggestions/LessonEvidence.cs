using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Policies.Simulation;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>The lessons of one capability that can still be asked for under its manifest as it is now, and what manifests make of them.</summary>
internal sealed class LessonEvidence
{
    private readonly IReadOnlyDictionary<string, Capability> versions;

    private LessonEvidence(Capability capability, ImmutableArray<Lesson> lessons, IReadOnlyDictionary<string, Capability> versions)
    {
        Capability = capability;
        this.versions = versions;
        Approved = [.. lessons.Where(lesson => lesson.Kind is LessonKind.Approved)];
        Rejected = [.. lessons.Where(lesson => lesson.Kind is LessonKind.Rejected)];
        Unwanted = [.. lessons.Where(lesson => lesson.Kind is LessonKind.Rejected or LessonKind.Changed)];
        Permitted = [.. lessons.Where(lesson => lesson.Kind is LessonKind.Permitted)];
    }

    /// <summary>The capability as it is now.</summary>
    public Capability Capability { get; }

    /// <summary>What people approved.</summary>
    public ImmutableArray<Lesson> Approved { get; }

    /// <summary>What people rejected.</summary>
    public ImmutableArray<Lesson> Rejected { get; }

    /// <summary>What people rejected or changed: nothing of it may ever be let through.</summary>
    public ImmutableArray<Lesson> Unwanted { get; }

    /// <summary>What policy permitted.</summary>
    public ImmutableArray<Lesson> Permitted { get; }

    /// <summary>Takes the capability's lessons, in the order given.</summary>
    public static async Task<LessonEvidence> ReadAsync(Capability capability, IEnumerable<Lesson> lessons, ManifestVersions manifests, CancellationToken cancellation)
    {
        var own = lessons.Where(lesson => lesson.Call.Capability == capability.Name && capability.Input.Validate(lesson.Call.Arguments!).IsEmpty).ToImmutableArray();
        var known = new Dictionary<string, Capability>(StringComparer.Ordinal);
        foreach (var call in own.Select(lesson => lesson.Call).DistinctBy(call => call.ManifestDigest, StringComparer.Ordinal))
        {
            if (await manifests.FindAsync(call, cancellation) is { } version)
            {
                known[call.ManifestDigest] = version;
            }
        }

        return new(capability, own, known);
    }

    /// <summary>What a manifest makes of a lesson's call, no limit asked; null if that cannot be told.</summary>
    public Ruling? Judge(Capability by, Lesson lesson) =>
        versions.TryGetValue(lesson.Call.ManifestDigest, out var recordedUnder) && TenantBinding.Bind(lesson.Call.TenantManifest!, by) is { } scope
            ? new CallReplay(scope, recordedUnder, scope.Settings).Judge(lesson.Call.Arguments!, lesson.Call.Judged!).Ruling
            : null;
}
