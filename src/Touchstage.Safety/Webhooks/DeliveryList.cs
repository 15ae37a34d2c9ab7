using System.Collections.Immutable;

namespace Touchstage.Safety.Webhooks;

/// <summary>What a tenant's webhooks have not taken.</summary>
/// <param name="Items">The oldest, dead ones first.</param>
/// <param name="Dead">How many are dead, shown or not.</param>
/// <param name="Pending">How many are pending, shown or not.</param>
public sealed record DeliveryList(ImmutableArray<DeliveryView> Items, int Dead, int Pending);
