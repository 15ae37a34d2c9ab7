namespace Touchstage.Safety.Ledger;

/// <summary>That something was committed; what it is now is to be read anew.</summary>
/// <param name="Number">Its place in the feed of the whole store, rising.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Kind"><c>approval</c>, <c>step</c>, <c>tenant</c>, <c>session</c>, <c>secret</c>, <c>introspection_client</c>, <c>webhook</c>, <c>ledger</c>.</param>
/// <param name="Id">The id of what changed.</param>
public sealed record Change(long Number, string Tenant, string Kind, string Id);
