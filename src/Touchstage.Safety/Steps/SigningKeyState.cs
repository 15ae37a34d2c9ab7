namespace Touchstage.Safety.Steps;

/// <summary>Where a signing key stands.</summary>
public enum SigningKeyState
{
    /// <summary>It is none of the below.</summary>
    Unknown,

    /// <summary>It is published, and signs later.</summary>
    Next,

    /// <summary>It signs.</summary>
    Signing,

    /// <summary>It signs no more; it is still published, because what it signed may still be looked at.</summary>
    Published,

    /// <summary>It is published no more. This server still checks with it what it once signed.</summary>
    Retired,

    /// <summary>It was taken back: nothing that it signed counts any more.</summary>
    Revoked,
}
