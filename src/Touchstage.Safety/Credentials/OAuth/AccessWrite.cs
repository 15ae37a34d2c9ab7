namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>What became of a write to an access. <c>default</c> is the one that wrote nothing.</summary>
internal enum AccessWrite
{
    /// <summary>The claim was lost to somebody else meanwhile, or there is no such tenant.</summary>
    Lost,

    /// <summary>It is written.</summary>
    Written,
}
