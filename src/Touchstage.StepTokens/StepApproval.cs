using System.Collections.Immutable;

namespace Touchstage.StepTokens;

/// <summary>Member <c>approval</c> of claim <c>tctx</c>: the decision of people that permitted the step, and their signed votes.</summary>
public sealed class StepApproval
{
    /// <summary>Names a decided approval.</summary>
    /// <param name="id">The approval's id; not empty.</param>
    /// <param name="revision">The revision that was approved, from 1.</param>
    /// <param name="revisionDigest">The digest of what the people were shown: <c>sha256:HEX</c>.</param>
    /// <param name="approvedBy">The people who approved it, at least one, each as <see cref="StepSubject"/> writes it.</param>
    /// <param name="statements">Their votes, one <see cref="VoteStatement"/> each, signed; none of them is believed here.</param>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public StepApproval(string id, long revision, string revisionDigest, IEnumerable<string> approvedBy, IEnumerable<string> statements)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentOutOfRangeException.ThrowIfLessThan(revision, 1);
        ArgumentException.ThrowIfNullOrEmpty(revisionDigest);
        ArgumentNullException.ThrowIfNull(approvedBy);
        ArgumentNullException.ThrowIfNull(statements);
        ApprovedBy = [.. approvedBy];
        if (ApprovedBy.IsEmpty || ApprovedBy.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("An approval names at least one person who approved it.", nameof(approvedBy));
        }

        Id = id;
        Revision = revision;
        RevisionDigest = revisionDigest;
        Statements = [.. statements];
    }

    /// <summary>The approval's id.</summary>
    public string Id { get; }

    /// <summary>The revision that was approved, from 1.</summary>
    public long Revision { get; }

    /// <summary>The digest of what the people were shown: <c>sha256:HEX</c>.</summary>
    public string RevisionDigest { get; }

    /// <summary>The people who approved it, in the order given; exactly those whose votes are in <see cref="Statements"/>.</summary>
    public ImmutableArray<string> ApprovedBy { get; }

    /// <summary>
    /// Their votes, each a compact JWS of a <see cref="VoteStatement"/>. <see cref="StepTokenValidator"/> has checked every one of them;
    /// <see cref="VoteStatementFormat.TryRead"/> gives what they say.
    /// </summary>
    public ImmutableArray<string> Statements { get; }
}
