using System.Collections.Immutable;

namespace Touchstage.StepTokens;

/// <summary>Member <c>approval</c> of claim <c>tctx</c>: the decision of people that permitted the step.</summary>
public sealed class StepApproval
{
    /// <summary>Names a decided approval.</summary>
    /// <param name="id">The approval's id; not empty.</param>
    /// <param name="revision">The revision that was approved, from 1.</param>
    /// <param name="approvedBy">The people who approved it, at least one, none empty.</param>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public StepApproval(string id, long revision, IEnumerable<string> approvedBy)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentOutOfRangeException.ThrowIfLessThan(revision, 1);
        ArgumentNullException.ThrowIfNull(approvedBy);
        ApprovedBy = [.. approvedBy];
        if (ApprovedBy.IsEmpty || ApprovedBy.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("An approval names at least one person who approved it.", nameof(approvedBy));
        }

        Id = id;
        Revision = revision;
    }

    /// <summary>The approval's id.</summary>
    public string Id { get; }

    /// <summary>The revision that was approved, from 1.</summary>
    public long Revision { get; }

    /// <summary>The people who approved it, in the order given.</summary>
    public ImmutableArray<string> ApprovedBy { get; }
}
