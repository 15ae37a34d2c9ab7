namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>What came of holding a text against a pattern; only <see cref="Yes"/> is a match.</summary>
internal enum PatternMatch
{
    No,
    Yes,

    /// <summary>The engine was stopped before it knew; whoever asked takes it as a no.</summary>
    TimedOut,
}
