namespace Touchstage.Safety.Storage;

/// <summary>One use of one limit by one step; the amount is exact decimal text.</summary>
internal sealed class LimitUseRow
{
    public required string Tenant { get; init; }

    public required string StepId { get; init; }

    public required string LimitKey { get; init; }

    public required string Amount { get; init; }

    public required long At { get; init; }

    public bool IsReleased { get; set; }
}
