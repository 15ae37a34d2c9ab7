using System.Collections.Immutable;

namespace Touchstage.Safety.Egress;

/// <summary>A whole answer. It may echo secrets: only a scrubber may hand anything of it on, so it prints nothing.</summary>
internal sealed class EgressAnswer(int status, string? mediaType, ImmutableArray<byte> body, bool isReadable)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The media type in lower case without parameters, or null.</summary>
    public string? MediaType { get; } = mediaType;

    /// <summary>The content.</summary>
    public ImmutableArray<byte> Body { get; } = body;

    /// <summary>False if the content is encoded (compressed), which was not asked for; then there is no body.</summary>
    public bool IsReadable { get; } = isReadable;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
