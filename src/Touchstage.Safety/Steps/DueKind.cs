namespace Touchstage.Safety.Steps;

/// <summary>What is to be done with something that is due.</summary>
internal enum DueKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An approved approval waits to be executed.</summary>
    Execute,

    /// <summary>A pending or approved approval is past its expiry.</summary>
    Expire,

    /// <summary>More people may decide a pending approval by now.</summary>
    Escalate,

    /// <summary>A step is past its deadline and was never settled.</summary>
    Abandon,

    /// <summary>A look is due at a step of unknown outcome.</summary>
    Verify,
}
