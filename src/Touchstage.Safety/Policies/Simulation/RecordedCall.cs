using System.Collections.Immutable;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Policies.Simulation;

/// <summary>A call as one entry of the ledger tells of it, opened.</summary>
internal sealed record RecordedCall
{
    /// <summary>Whose ledger.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The entry's number.</summary>
    public required long Number { get; init; }

    /// <summary>When the entry was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it tells.</summary>
    public required RecordedCallKind Kind { get; init; }

    /// <summary>The step or approval, or the capability where there is neither.</summary>
    public required string Id { get; init; }

    /// <summary>The capability.</summary>
    public string Capability { get; init; } = "";

    /// <summary>The digest of the capability's manifest that decided.</summary>
    public string ManifestDigest { get; init; } = "";

    /// <summary>The approval and its revision, for what was held, revised or executed.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>The revision's number; 0 for none.</summary>
    public int Revision { get; init; }

    /// <summary>Why it was not permitted, as recorded; sorted.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The canonical arguments; null where <see cref="Unreadable"/> says why.</summary>
    public CanonicalJson? Arguments { get; init; }

    /// <summary>What it was judged on; null where <see cref="Unreadable"/> says why.</summary>
    public RecordedJudgement? Judged { get; init; }

    /// <summary>The tenant's manifest that decided; null where <see cref="Unreadable"/> says why.</summary>
    public Tenant? TenantManifest { get; init; }

    /// <summary>The instant at which its limits were reserved, for a step; else the instant of judging.</summary>
    public DateTimeOffset LimitsAt { get; init; }

    /// <summary>For a step that changes nothing: until when it counts as under way if nobody settles it. Null for any other.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>For a settled step: whether it is known what came of it.</summary>
    public bool IsKnown { get; init; }

    /// <summary>For a settled step: whether it surely never reached the product, and gave its limits back.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Why it cannot be replayed, or null.</summary>
    public string? Unreadable { get; init; }
}
