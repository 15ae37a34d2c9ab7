using System.Globalization;
using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The revision that was named on the command line, by number or digest.</summary>
internal static class NamedRevision
{
    /// <summary>Its digest; the current one's where none is named.</summary>
    /// <returns>Null if the number is not the current revision's. A digest that is not is for the safety library to refuse: it knows what became of it.</returns>
    public static string? DigestOf(ApprovalView approval, string? named) =>
        named is null ? approval.RevisionDigest
        : !int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? named
        : number == approval.Revision ? approval.RevisionDigest : null;

    public static string Wrong(ApprovalView approval, string? named) =>
        $"Approval {approval.Id} is at revision {approval.Revision}, not {named}. Look at it again: touchstage approvals show {approval.Id}.";
}
