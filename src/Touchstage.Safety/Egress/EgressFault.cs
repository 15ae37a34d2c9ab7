namespace Touchstage.Safety.Egress;

/// <summary>What went wrong on the way out or back.</summary>
internal enum EgressFault
{
    /// <summary>The request could not be put on the wire as it is: a header that is not one or that the transport owns.</summary>
    InvalidRequest,

    /// <summary>The request is not under the connection's base URL, or not https where it must be.</summary>
    OutsideBaseUrl,

    /// <summary>The host has no address.</summary>
    NameNotResolved,

    /// <summary>The host has an address that may not be connected to.</summary>
    AddressRefused,

    /// <summary>No address took the connection in time.</summary>
    NotConnected,

    /// <summary>The TLS handshake or the certificate failed.</summary>
    TlsFailed,

    /// <summary>The caller gave up before the first byte was sent.</summary>
    Cancelled,

    /// <summary>The answer did not come in time.</summary>
    TimedOut,

    /// <summary>The connection ended, or the answer is not HTTP.</summary>
    Cut,

    /// <summary>The answer is larger than the capability allows.</summary>
    TooLarge,

    /// <summary>The answer is compressed or otherwise encoded, which was not asked for.</summary>
    Encoded,
}
