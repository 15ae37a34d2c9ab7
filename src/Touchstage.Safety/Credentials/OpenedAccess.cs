namespace Touchstage.Safety.Credentials;

/// <summary>An access token that is good right now. Prints as <c>***</c>.</summary>
internal sealed class OpenedAccess(Secret token, long version)
{
    /// <summary>The token; whoever has it disposes of it.</summary>
    public Secret Token { get; } = token;

    /// <summary>Which of the connection's tokens it is.</summary>
    public long Version { get; } = version;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
