using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>mode</c> of a rule: <c>enforce</c>, or <c>shadow</c> for a rule that is only watched.</summary>
internal static class RuleMode
{
    /// <summary>Whether the rule is a shadow.</summary>
    public static bool IsShadow(ManifestSection rule) => rule.Word("mode", "enforce", "enforce", "shadow") == "shadow";
}
