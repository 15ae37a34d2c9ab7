using System.Text;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>A request as it is meant: what a token is minted for, or what is really sent.</summary>
internal sealed record Call(string Method, string Target, string Scope, string? Body = null, string? IdempotencyKey = null)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Body ?? "");

    public IReadOnlyList<KeyValuePair<string, string>> CoveredHeaders =>
    [
        .. Body is null ? Array.Empty<KeyValuePair<string, string>>() : [new("Content-Type", "application/json")],
        .. IdempotencyKey is null ? Array.Empty<KeyValuePair<string, string>>() : [new("Idempotency-Key", IdempotencyKey)],
    ];
}
