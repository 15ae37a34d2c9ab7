using Touchstage.Safety.Webhooks;

namespace Touchstage.Safety.Storage;

/// <summary>The states of deliveries as their column spells them.</summary>
internal static class DeliveryNames
{
    public static string Of(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "delivered",
        DeliveryState.Dead => "dead",
        _ => "pending",
    };

    public static DeliveryState Read(string name) => name switch
    {
        "delivered" => DeliveryState.Delivered,
        "dead" => DeliveryState.Dead,
        "pending" => DeliveryState.Pending,
        _ => throw new StoreException(StoreException.Corrupt, "A row of the store names a state of a delivery that cannot be."),
    };
}
