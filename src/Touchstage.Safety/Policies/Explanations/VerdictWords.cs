using System.Collections.Immutable;
using System.Globalization;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Policies.Explanations;

/// <summary>Verdicts and reasons in words that a person reads.</summary>
internal static class VerdictWords
{
    /// <summary>What happens to the call.</summary>
    public static string Sentence(string verdict, Capability capability, IReadOnlyCollection<string> needs) => verdict switch
    {
        "allow" => "Allowed: it runs without a person, as long as the limits have room.",
        "review" when capability.Approval is { } approval => string.Create(
            CultureInfo.InvariantCulture,
            $"Held: it waits up to {ManifestDuration.Render(approval.Expires)} for {(approval.Quorum == 1 ? "a person" : $"{approval.Quorum} people")} with the role {string.Join(" or ", approval.Approvers)}."),
        "refuse" => "Refused: nothing allows it, and there is nobody to ask.",
        "forbid" => "Forbidden: it is refused, and no approval can change that.",
        _ => $"Open: it hangs on the fact{(needs.Count == 1 ? "" : "s")} {string.Join(", ", needs)}, which {(needs.Count == 1 ? "is" : "are")} not given.",
    };

    /// <summary>What a reason says.</summary>
    public static string Of(string reason, ImmutableArray<Rule> rules)
    {
        var colon = reason.IndexOf(':', StringComparison.Ordinal);
        var (code, subject) = colon < 0 ? (reason, "") : (reason[..colon], reason[(colon + 1)..]);
        var because = rules.FirstOrDefault(rule => rule.Id == subject)?.Because is { } words ? $": {words}" : "";
        return code switch
        {
            "" => "",
            _ when code == PolicyRefusals.Forbidden.Value || code == PolicyRefusals.ReviewAsked => $"{subject} holds{because}",
            PolicyRefusals.ForbidFailed or PolicyRefusals.ReviewFailed => $"{subject} could not be evaluated, which counts as if it held{because}",
            PolicyRefusals.AllowFailed => $"{subject} could not be evaluated, or its limits not be worked out, so it does not allow",
            PolicyRefusals.LimitFailed => $"what it would use of the limit {subject} could not be worked out",
            _ when code == PolicyRefusals.LimitSpent.Value => $"the limit {subject} has no room for it",
            _ when code == PolicyRefusals.NotPermitted.Value => "no rule allows it",
            _ => $"{reason} holds, nothing forbids it and nothing asks for a person",
        };
    }
}
