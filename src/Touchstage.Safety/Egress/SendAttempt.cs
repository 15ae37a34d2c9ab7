namespace Touchstage.Safety.Egress;

/// <summary>
/// One attempt to send one request: either its first byte goes out on one connection, or it is abandoned; never both. So a request that failed is known to be unsent or not.
/// </summary>
internal sealed class SendAttempt
{
    private static readonly AsyncLocal<SendAttempt?> Flow = new();
    private static readonly object Abandoned = new();

    // null: nothing has happened; Abandoned: it will never be sent; else the connection that has its bytes.
    private object? connection;

    /// <summary>The attempt of the asynchronous flow that is writing: HTTP/1.1 writes a request in the flow of whoever sends it.</summary>
    public static SendAttempt? Current => Flow.Value;

    /// <summary>Starts an attempt in this flow.</summary>
    public static SendAttempt Start() => Flow.Value = new();

    /// <summary>True if the connection may have bytes of the request. The HTTP stack's own retry comes on another connection and is not let out.</summary>
    public bool TryWrite(object to) => Interlocked.CompareExchange(ref connection, to, null) is var before && (before is null || ReferenceEquals(before, to));

    /// <summary>True if not one byte was sent, and then none ever will be.</summary>
    public bool TryAbandon() => Interlocked.CompareExchange(ref connection, Abandoned, null) is var before && (before is null || ReferenceEquals(before, Abandoned));
}
