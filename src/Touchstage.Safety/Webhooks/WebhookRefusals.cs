using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Webhooks;

/// <summary>Why a delivery cannot be administered.</summary>
internal static class WebhookRefusals
{
    public static readonly RefusalCode UnknownDelivery = RefusalCode.Define("unknown_delivery", "The tenant has no undelivered webhook message of that id.");

    public static Refusal Unknown() => new(UnknownDelivery, "There is no undelivered message of that id. It may have been delivered meanwhile: touchstage webhooks list TENANT.");
}
