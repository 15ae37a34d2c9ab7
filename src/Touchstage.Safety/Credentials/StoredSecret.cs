namespace Touchstage.Safety.Credentials;

/// <summary>A secret as stored. Prints as <c>***</c>.</summary>
internal sealed class StoredSecret(string name, byte[] box, DateTimeOffset setAt)
{
    /// <summary>The connection's name, or <c>webhook:NAME</c>.</summary>
    public string Name { get; } = name;

    /// <summary>It, sealed.</summary>
    public ReadOnlyMemory<byte> Box { get; } = box;

    /// <summary>When it was set.</summary>
    public DateTimeOffset SetAt { get; } = setAt;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
