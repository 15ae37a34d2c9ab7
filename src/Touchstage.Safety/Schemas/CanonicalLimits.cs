namespace Touchstage.Safety.Schemas;

/// <summary>How much one JSON text may hold: bytes, levels of nesting, and values of any kind.</summary>
internal sealed record CanonicalLimits(int Bytes, int Depth, int Values)
{
    /// <summary>What is accepted from outside.</summary>
    public static readonly CanonicalLimits Received = new(1 << 20, 64, 10_000);

    /// <summary>What we compose ourselves: it may enclose several received documents.</summary>
    public static readonly CanonicalLimits Composed = new(1 << 24, 128, 200_000);
}
