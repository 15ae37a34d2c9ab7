namespace Touchstage.Safety.Approvals;

/// <summary>What a person did beside deciding.</summary>
public enum NoteKind
{
    /// <summary>Nothing; no note has it.</summary>
    None,

    /// <summary>Said something without deciding.</summary>
    Comment,

    /// <summary>"I am on it": for half an hour others see that, and may decide all the same.</summary>
    Claim,

    /// <summary>Is no longer on it.</summary>
    Release,

    /// <summary>Had sensitive values shown.</summary>
    Reveal,
}
