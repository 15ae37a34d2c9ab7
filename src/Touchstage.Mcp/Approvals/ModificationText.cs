using Touchstage.Safety.Approvals;

namespace Touchstage.Mcp.Approvals;

/// <summary>What a person made of an action before it ran, in words for the agent that proposed it.</summary>
internal static class ModificationText
{
    /// <summary>The change, and that the original is not to be proposed again; empty if nothing was changed.</summary>
    public static string Of(ApprovalView approval) => approval.Modification is not { } change
        ? ""
        : $"{VisibleText.Line(change.ModifiedBy)} changed the arguments. You proposed {VisibleText.Line(change.Original.GetRawText())}; "
            + $"{Verb(approval.State)} {VisibleText.Line(change.Current.GetRawText())}.{Note(change)} Go on from that, and do not propose the original again.";

    private static string Verb(ApprovalState state) => state switch
    {
        ApprovalState.Succeeded => "what ran is",
        ApprovalState.Unknown or ApprovalState.Executing => "what was or is being tried is",
        ApprovalState.Failed => "what was tried is",
        _ => "what stands now is",
    };

    private static string Note(ModificationView change) => change.Note.Length > 0 ? $" Their note: {VisibleText.Line(change.Note)}" : "";
}
