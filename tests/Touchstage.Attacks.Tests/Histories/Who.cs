namespace Touchstage.Attacks.Tests.Histories;

/// <summary>The approvers of a history.</summary>
internal enum Who
{
    Ann,
    Bob,
    Cid,

    /// <summary>Another session of the person behind Ann.</summary>
    Annie,

    /// <summary>Comes in after two hours.</summary>
    Lea,

    /// <summary>The person behind the request.</summary>
    Self,
}
