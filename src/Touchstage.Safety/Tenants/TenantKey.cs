namespace Touchstage.Safety.Tenants;

/// <summary>One generation of a tenant's data key. Prints as <c>***</c>.</summary>
internal sealed class TenantKey(int generation, byte[] key)
{
    /// <summary>The first generation: what was sealed before keys could be rotated is of it.</summary>
    public const int First = 1;

    /// <summary>Which generation, from 1.</summary>
    public int Generation { get; } = generation;

    /// <summary>The 32 bytes of an AES-256 key.</summary>
    public ReadOnlySpan<byte> Reveal() => key;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
