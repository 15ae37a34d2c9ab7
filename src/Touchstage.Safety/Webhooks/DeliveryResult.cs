namespace Touchstage.Safety.Webhooks;

/// <summary>What a try came to. <c>default</c> has no meaning, so it is a class.</summary>
internal sealed class DeliveryResult
{
    private DeliveryResult(DeliveryState state, string? error) => (State, Error) = (state, error);

    /// <summary>The receiver said yes.</summary>
    public static DeliveryResult Delivered { get; } = new(DeliveryState.Delivered, null);

    /// <summary>Delivered, to be tried again, or never again.</summary>
    public DeliveryState State { get; }

    /// <summary>What went wrong, in our words: nothing that the receiver said.</summary>
    public string? Error { get; }

    /// <summary>It may work later.</summary>
    public static DeliveryResult TryAgain(string error) => new(DeliveryState.Pending, error);

    /// <summary>It will never work.</summary>
    public static DeliveryResult GiveUp(string error) => new(DeliveryState.Dead, error);
}
