namespace Touchstage.Safety.Upstream;

/// <summary>One spelling of a secret.</summary>
/// <param name="Text">The spelling, squeezed.</param>
/// <param name="Part">How many consecutive characters of it give it away.</param>
internal sealed record Needle(string Text, int Part)
{
    /// <summary>Fewer characters than this are found everywhere by chance.</summary>
    public const int MinPart = 8;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
