// expects: CS0122
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Schemas;

internal static class NewProposedAction
{
    public static ProposedAction Forge(ResolvedAction resolved, CanonicalJson arguments, UpstreamRequest request) =>
        new(resolved, arguments, request, request, Narrative.None); // forged
}
