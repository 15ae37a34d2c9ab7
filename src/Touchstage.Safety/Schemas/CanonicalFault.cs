using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>Why a text has no canonical form, and where; it gains its path on the way out of the nesting.</summary>
internal sealed record CanonicalFault(RefusalCode Code, string Rule, string Message, string Path = "")
{
    public static CanonicalFault NotJson(string detail) => new(ArgumentRefusals.NotJson, "json", detail);

    public static CanonicalFault TooLarge(string rule, string detail) => new(ArgumentRefusals.TooLarge, rule, detail);

    public static CanonicalFault NotCanonical(string rule, string detail) => new(ArgumentRefusals.NotCanonical, rule, detail);

    public CanonicalFault Under(string segment) => this with { Path = Pointer.Join(segment) + Path };
}
