using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Learns rules from what people decided. It writes nothing: what it finds is a patch for people to read.</summary>
public interface IPolicySuggestions
{
    /// <summary>
    /// Looks for the narrowest rule that would have decided many calls as people did, and none of those that they decided otherwise. Only arguments, facts, roles and tenants are read;
    /// nothing that a model said of a call is.
    /// </summary>
    /// <param name="request">From what to learn.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was learnt, or a refusal with code <c>unknown_tenant</c>.</returns>
    Task<Result<SuggestionReport>> SuggestAsync(SuggestionRequest request, CancellationToken cancellation);
}
