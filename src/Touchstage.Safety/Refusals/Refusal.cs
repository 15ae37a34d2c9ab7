using System.Collections.Immutable;

namespace Touchstage.Safety.Refusals;

/// <summary>An expected "no": a value with a permanent code and a reason for its reader. Never an exception.</summary>
public sealed class Refusal
{
    /// <summary>What an unassigned result reads as: forgotten wiring refuses.</summary>
    public static readonly RefusalCode NothingDecided =
        RefusalCode.Define("nothing_decided", "A part of the server gave no answer where one was due; the absence of an answer is a No.");

    internal static readonly Refusal Unset = new(NothingDecided, "No decision was made, so the answer is No.");

    internal Refusal(RefusalCode code, string reason, ImmutableArray<Problem> problems = default)
    {
        Code = code;
        Reason = reason;
        Problems = problems.IsDefault ? [] : problems;
    }

    /// <summary>The permanent code.</summary>
    public RefusalCode Code { get; }

    /// <summary>One or two sentences that whoever was refused may read: what, where and what to do.</summary>
    public string Reason { get; }

    /// <summary>What is wrong in detail, most useful first; empty where the reason says it all.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Reason}";
}
