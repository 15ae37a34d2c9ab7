namespace Touchstage.Safety.Storage;

/// <summary>One entry of the change feed.</summary>
internal sealed class ChangeRow
{
    public long Number { get; init; }

    public required string Tenant { get; init; }

    public required string Kind { get; init; }

    public required string Id { get; init; }
}
