namespace Touchstage.Acceptance.Tests.Documents;

/// <summary>What is done with a command that a document shows.</summary>
internal enum HowItRuns
{
    /// <summary>It is typed as it stands, and must end with 0.</summary>
    AsItStands,

    /// <summary>It is a server: it must say that it listens, and is ended then. It is given a free port.</summary>
    UntilItListens,

    /// <summary>The command line must be understood, and is not followed.</summary>
    OnlyUnderstood,

    /// <summary>Another test does what it says.</summary>
    Elsewhere,
}
