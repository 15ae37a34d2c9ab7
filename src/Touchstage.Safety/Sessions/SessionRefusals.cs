using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Sessions;

/// <summary>Why a session, or what it asks for, is refused before anything else is looked at.</summary>
internal static class SessionRefusals
{
    public static readonly RefusalCode Invalid = RefusalCode.Define("invalid_session", "The session key is missing, unknown, expired or revoked.");

    public static readonly RefusalCode WrongKind = RefusalCode.Define("wrong_session_kind", "An agent's session tried to decide, or an approver's session tried to act.");

    public static readonly RefusalCode NotCreated = RefusalCode.Define("session_not_created", "A session could not be created or taken back as asked.");

    public static readonly RefusalCode InvalidSignIn =
        RefusalCode.Define("invalid_sign_in", "A sign-in to the inbox was refused: its link is unknown, used or expired, or the identity provider does not name an approver of a tenant here.");

    public static Refusal Unknown() =>
        new(Invalid, "This session key is not known here. Ask the operator for one: touchstage session create.");

    public static Refusal Expired() =>
        new(Invalid, "This session key has expired. Ask the operator for a new one: touchstage session create.");

    public static Refusal Revoked() =>
        new(Invalid, "This session key has been revoked. Ask the operator for a new one: touchstage session create.");

    public static Refusal OnlyAgentsAct() =>
        new(WrongKind, "An approver's session decides approvals; it cannot call capabilities. Use an agent's session key.");

    public static Refusal OnlyApproversDecide() =>
        new(WrongKind, "An agent's session cannot decide approvals. Use an approver's session key.");

    public static Refusal NoSuchTicket() =>
        new(InvalidSignIn, "This link is not good any more: it works once, for two minutes. Make a new one: touchstage inbox open.");

    public static Refusal NotAdmitted() =>
        new(InvalidSignIn, "Your identity provider does not name you as an approver of a tenant here. Ask whoever manages it.");
}
