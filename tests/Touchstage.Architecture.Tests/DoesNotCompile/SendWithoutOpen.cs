// expects: CS1503
using Touchstage.Safety.Steps;
using Touchstage.Safety.Upstream;

internal static class SendWithoutOpen
{
    public static Task<UpstreamAnswer> Forge(UpstreamSender sender, TokenedStep tokened) =>
        sender.SendAsync(tokened, default); // forged
}
