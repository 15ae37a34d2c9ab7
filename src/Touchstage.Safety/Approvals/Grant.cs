using System.Collections.Immutable;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Approvals;

/// <summary>Proof that people decided: an approved row whose votes were all checked again. Good for the action it names and no other.</summary>
internal sealed partial class Grant
{
    private Grant(ApprovalRecord approval, ImmutableArray<SignedVote> votes)
    {
        Tenant = approval.Tenant;
        ApprovalId = approval.Id;
        Revision = approval.Revision.Number;
        RevisionDigest = approval.Revision.Digest;
        ManifestDigest = approval.ManifestDigest;
        ActionDigest = approval.Revision.ActionDigest;
        Modifier = approval.Revision.Modifier;
        Reasons = approval.Revision.Reasons;
        Terms = approval.Terms;
        Votes = votes;
    }

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The approval.</summary>
    public string ApprovalId { get; }

    /// <summary>The revision people saw.</summary>
    public int Revision { get; }

    /// <summary>The digest of what they saw.</summary>
    public string RevisionDigest { get; }

    /// <summary>The manifest it was judged under.</summary>
    public string ManifestDigest { get; }

    /// <summary>The action they approved.</summary>
    public string ActionDigest { get; }

    /// <summary>The reasons they saw; it answers no other.</summary>
    public ImmutableArray<string> Reasons { get; }

    /// <summary>Who had to say yes, and how.</summary>
    public ApprovalTerms Terms { get; }

    /// <summary>Who changed what was proposed; the action is judged as that person, too. Null where it is as proposed.</summary>
    public Modifier? Modifier { get; }

    /// <summary>The votes that counted, each as it was signed.</summary>
    public ImmutableArray<SignedVote> Votes { get; }

    /// <summary>Who approved: principal keys, sorted.</summary>
    public ImmutableArray<string> ApprovedBy => [.. Votes.Select(vote => vote.Voter.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
