using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Policies;

/// <summary>What the requester is told when policy says no. Rules, thresholds and facts are not in it: they would be an oracle for the model.</summary>
internal static class PolicyRefusals
{
    public static readonly RefusalCode Forbidden =
        RefusalCode.Define("forbidden_by_policy", "A forbid rule holds or could not be evaluated; no approval can override it.");

    public static readonly RefusalCode NotPermitted =
        RefusalCode.Define("not_permitted", "No rule allows the call, and its capability declares no approval.");

    public static readonly RefusalCode LimitSpent =
        RefusalCode.Define("limit_spent", "A limit has no room for the call: it is refused, or waits for a person where the capability declares approval.");

    /// <summary>Reason: a forbid rule could not be evaluated.</summary>
    public const string ForbidFailed = "forbid_failed";

    /// <summary>Reason: a review rule holds.</summary>
    public const string ReviewAsked = "review";

    /// <summary>Reason: a review rule could not be evaluated.</summary>
    public const string ReviewFailed = "review_failed";

    /// <summary>Reason: an allow rule, or a limit or fact it depends on, could not be evaluated.</summary>
    public const string AllowFailed = "allow_failed";

    /// <summary>Reason: a hard limit could not be worked out.</summary>
    public const string LimitFailed = "limit_failed";

    public static Refusal ForbiddenBecause(string? because) => new(Forbidden, because ?? "The policy forbids this action. No approval can change that; do not try it again.");

    public static Refusal Default(string? because) => new(NotPermitted, because ?? "The policy does not permit this action, and nobody can approve it here.");

    public static Refusal Spent() => new(LimitSpent, "A limit for this action is used up. Try again later, and less often.");
}
