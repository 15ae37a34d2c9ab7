namespace Touchstage.Safety.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>It is to be sent, now or later.</summary>
    Pending,

    /// <summary>The receiver said yes.</summary>
    Delivered,

    /// <summary>It was given up; an operator can send it again.</summary>
    Dead,
}
