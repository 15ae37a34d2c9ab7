namespace Touchstage.StepTokens;

/// <summary>What a verifier received, as it came over the wire.</summary>
public sealed class ReceivedRequest
{
    /// <summary>The method, such as <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The API's configured public base URL followed by the raw request target (path and query, not decoded). Never built from
    /// <c>Host</c> or <c>X-Forwarded-*</c>, which the sender chooses.
    /// </summary>
    public required string TargetUri { get; init; }

    /// <summary>The headers as received; a header that came twice is listed twice. Names in any case.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The content bytes as received; empty if there were none.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
