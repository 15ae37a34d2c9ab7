using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Approvals;

/// <summary>Why something cannot be approved, decided or carried out.</summary>
internal static class ApprovalRefusals
{
    public static readonly RefusalCode Unknown =
        RefusalCode.Define("unknown_approval", "There is no approval of that id that this caller may see; another tenant's looks exactly the same.");

    public static readonly RefusalCode NotDecided =
        RefusalCode.Define("not_approved", "The approval is not, or no longer, approved.");

    public static readonly RefusalCode VotesVoid =
        RefusalCode.Define("votes_void", "At execution too few of the votes still counted: a voter's session was revoked or lost the role.");

    public static readonly RefusalCode Rejected =
        RefusalCode.Define("rejected", "A person rejected the action; the identical action stays refused for 24 hours.");

    public static readonly RefusalCode Expired =
        RefusalCode.Define("expired", "Nobody decided in time, or an approved action could not be executed in time.");

    public static readonly RefusalCode Withdrawn =
        RefusalCode.Define("withdrawn", "The request was taken back, or the session it came from was revoked.");

    public static readonly RefusalCode TooManyPending =
        RefusalCode.Define("too_many_pending", "The caller has too many calls of this capability waiting for a person.");

    public static readonly RefusalCode OwnRequest =
        RefusalCode.Define("own_request", "Nobody decides what they asked for themselves.");

    public static readonly RefusalCode WrongCode =
        RefusalCode.Define("wrong_decision_code", "The decision code is not the one that was shown for this revision to this approver, or is too old.");

    public static readonly RefusalCode CodeLocked =
        RefusalCode.Define("decision_code_locked", "Five wrong decision codes: this approval is locked for this approver.");

    public static readonly RefusalCode Decided =
        RefusalCode.Define("already_decided", "The approval had been decided, had expired or had been withdrawn before this decision came in.");

    public static readonly RefusalCode NewerRevision =
        RefusalCode.Define("newer_revision", "What was shown is no longer what is pending: the approval has a newer revision.");

    public static readonly RefusalCode NotHeld =
        RefusalCode.Define("approval_not_recorded", "The blocked call could not be recorded for people to decide; it was not executed.");

    public static readonly RefusalCode ModifiedInstead =
        RefusalCode.Define("modified_instead", "A person changed this very action, and what they made of it was carried out; the original stays refused for 24 hours.");

    public static readonly RefusalCode NotModifiable =
        RefusalCode.Define("not_modifiable", "A person may change only the arguments that the capability lists under approval.modify, and must change something.");

    public static readonly RefusalCode WeakDoor =
        RefusalCode.Define("weak_door", "The capability takes a yes only through a stronger door: approval.confirm names the weakest.");

    public static readonly RefusalCode UnlikeSummaries =
        RefusalCode.Define("unlike_summaries", "Several approvals get one yes only if they are of one capability and all have the same summary.");

    public static readonly RefusalCode AlreadyStands =
        RefusalCode.Define("already_stands", "What a person would make of a call already waits, is being carried out, or has just been carried out for the same requester.");

    public static readonly RefusalCode NothingToSay =
        RefusalCode.Define("empty_comment", "A comment has to say something.");

    /// <summary>Why a revision waits that a person made: nothing in the policy asks for it.</summary>
    public const string Modified = "modified";

    public static Refusal UnknownApproval() => new(Unknown, "There is no approval of that id here.");

    public static Refusal NotApproved() => new(NotDecided, "This approval is not approved, or its time is over.");

    public static Refusal VotesFell() => new(VotesVoid, "The approval no longer counts: whoever gave it has lost the role or the session since.");

    public static Refusal RejectedBefore(string? reason) => new(
        Rejected,
        $"A person rejected this very action{(string.IsNullOrEmpty(reason) ? "" : $": {reason.TrimEnd('.')}")}. It stays refused for 24 hours; do not propose it again.");

    public static Refusal ChangedBefore(string approvalId, string? stepId) => new(
        ModifiedInstead,
        $"A person changed this very action before it was carried out{(stepId is null ? "" : $" as step {stepId}")}: approval {approvalId} says what ran instead. Do not propose the original again; it stays refused for 24 hours.");

    public static Refusal Weak(string confirm) => new(
        WeakDoor,
        confirm is Door.Form
            ? "This is approved in a form or in the inbox: a decision code is not enough for it. Nothing was recorded."
            : "This is approved in the inbox only. Nothing was recorded.");

    public static Refusal Unlike() => new(UnlikeSummaries, "Several approvals get one yes only if all say exactly the same. Nothing was recorded; decide them one by one.");

    public static Refusal Fixed(string what) => new(NotModifiable, what);

    public static Refusal Twice() => new(
        AlreadyStands,
        "Changed like this it would be the very call that already waits for people, is being carried out, or has just been carried out for the same requester. Nothing was recorded; decide that one instead.");

    public static Refusal Moved() => new(NewerRevision, "What you saw has changed since. Review the approval again before you decide.");

    public static Refusal TooMany() => new(TooManyPending, "Too many calls of this kind are already waiting for a person. Wait for decisions before you propose more.");

    public static Refusal Own() => new(OwnRequest, "You asked for this yourself; somebody else must decide it.");

    public static Refusal Code() => new(WrongCode, "That is not the decision code for what is pending now, or it is older than 10 minutes. Review the approval again for a new one.");

    public static Refusal Locked() => new(CodeLocked, "Five wrong decision codes were given. This approval is locked for you; somebody else must decide it.");

    public static Refusal NotRecorded() => new(NotHeld, "The action needs a person, and it could not be recorded for one. Nothing was executed.");
}
