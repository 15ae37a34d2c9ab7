namespace Touchstage.Safety.Credentials;

/// <summary>What became of keeping a secret.</summary>
internal enum SecretWrite
{
    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It was written.</summary>
    Written,

    /// <summary>The tenant does not exist.</summary>
    NoSuchTenant,
}
