using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Approvals;

/// <summary>Decision codes: 50 random bits in ten characters that cannot be taken for one another, stored as a hash bound to approval, revision and approver.</summary>
internal static class DecisionCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A new code, such as <c>7K4M9-QXR2B</c>.</summary>
    public static string Create() => RandomNumberGenerator.GetString(Alphabet, 10).Insert(5, "-");

    /// <summary>A new code for one approver and one revision of an approval: the one that stands, or the one that a modification would make.</summary>
    public static (string Code, DecisionCodeIssue Issue) Issue(Principal approver, ApprovalRecord approval, string revisionDigest, DateTimeOffset now)
    {
        var code = Create();
        return (code, new(approval.Id, revisionDigest, approval.Revision.Digest, approver, Hash(code, approval.Id, revisionDigest, approver), now, now + Lifetime));
    }

    /// <summary>The hash under which it is stored; spaces, hyphens and case of what a person typed do not matter.</summary>
    public static string Hash(string code, string approvalId, string revisionDigest, Principal approver)
    {
        var typed = string.Concat(code.Where(c => c is not ('-' or ' ')).Take(32)).ToUpperInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{approvalId}\n{revisionDigest}\n{approver.Key}\n{typed}")));
    }
}
