namespace Touchstage.Safety.Policies;

/// <summary>What a look-up shows of a step. <c>default</c> is that it shows nothing.</summary>
internal enum EvidenceKind
{
    /// <summary>Nothing: it stays unknown.</summary>
    None,

    /// <summary>It happened.</summary>
    Succeeded,

    /// <summary>It did not happen.</summary>
    Failed,
}
