using System.Collections.Immutable;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>A declared action: a manifest that loaded without a single error, compiled.</summary>
internal sealed class Capability
{
    /// <summary>The MCP tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>What it does, for the model.</summary>
    public required string Description { get; init; }

    /// <summary>The name of the connection it goes through; which account that is, is each tenant's own.</summary>
    public required string Connection { get; init; }

    /// <summary>What it does to the world.</summary>
    public required Effects Effects { get; init; }

    /// <summary>Whether doing it twice is doing it once.</summary>
    public required bool IsIdempotent { get; init; }

    /// <summary>For how long a completed call answers for an identical one; zero if idempotent.</summary>
    public required TimeSpan RepeatAfter { get; init; }

    /// <summary>The tenant settings its policy reads, with their defaults.</summary>
    public required ImmutableSortedDictionary<string, JsonSchema> Settings { get; init; }

    /// <summary>What arguments must look like.</summary>
    public required JsonSchema Input { get; init; }

    /// <summary>How arguments become a request.</summary>
    public required RequestTemplate Request { get; init; }

    /// <summary>How long the upstream may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>What of the answer may reach the model.</summary>
    public required ResponseDeclaration Response { get; init; }

    /// <summary>The look-ups its policy depends on.</summary>
    public required ImmutableSortedDictionary<string, FactDeclaration> Facts { get; init; }

    /// <summary>The static types of its conditions.</summary>
    public required PolicyTypes Types { get; init; }

    /// <summary>Its guardrails.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>What its policy is proven never to let through without a person.</summary>
    public required ImmutableArray<Invariant> Invariants { get; init; }

    /// <summary>How people decide on a blocked call, or null where a blocked call is refused.</summary>
    public required ApprovalDeclaration? Approval { get; init; }

    /// <summary>How an unknown outcome is settled by looking, or null where only people can tell.</summary>
    public required VerifyDeclaration? Verify { get; init; }

    /// <summary>The one line that people read, with <c>{argument}</c> placeholders.</summary>
    public required SummaryTemplate Summary { get; init; }

    /// <summary>The tests it brings along.</summary>
    public required ImmutableArray<PolicyTest> Tests { get; init; }

    /// <summary>The manifest as canonical JSON; its digest names this version in the ledger, in approvals and in steps.</summary>
    public required CanonicalJson Manifest { get; init; }

    /// <summary>The file it came from, relative to the capabilities folder, without its ending: <c>billing/refund_user</c>.</summary>
    public required string Path { get; init; }
}
