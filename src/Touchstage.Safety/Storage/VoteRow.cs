using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Storage;

/// <summary>One vote on one revision.</summary>
internal sealed class VoteRow
{
    public required string Tenant { get; init; }

    public required string ApprovalId { get; init; }

    public required int Number { get; init; }

    public required int Revision { get; init; }

    public required string RevisionDigest { get; init; }

    public required string VoterKey { get; init; }

    public required string VoterIssuer { get; init; }

    public required string VoterSubject { get; init; }

    public string? VoterOnBehalfOf { get; init; }

    public string? VoterPerson { get; init; }

    public required string SessionId { get; init; }

    public required VoteDecision Decision { get; init; }

    public required string Reason { get; init; }

    public required DecisionTag Tag { get; init; }

    public required string Channel { get; init; }

    public required long At { get; init; }

    public string? Statement { get; init; }
}
