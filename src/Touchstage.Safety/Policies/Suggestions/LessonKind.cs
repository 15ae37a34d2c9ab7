namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>What was decided on a call. <c>default</c> is a no.</summary>
internal enum LessonKind
{
    /// <summary>People said no.</summary>
    Rejected,

    /// <summary>A person made something else of it: a no to what was asked, but not for good.</summary>
    Changed,

    /// <summary>People said yes.</summary>
    Approved,

    /// <summary>Policy permitted it.</summary>
    Permitted,
}
