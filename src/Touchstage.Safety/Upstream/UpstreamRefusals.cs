using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Upstream;

/// <summary>Why a sent step has no result, or may or may not have happened.</summary>
internal static class UpstreamRefusals
{
    public static readonly RefusalCode Unreachable =
        RefusalCode.Define("upstream_unreachable", "The request never left: no name, no permitted address, no connection, or the caller was gone. Nothing happened.");

    public static readonly RefusalCode Refused =
        RefusalCode.Define("upstream_refused", "The API answered 4xx (other than 408, 425 and 429): it did nothing.");

    public static readonly RefusalCode Unclear =
        RefusalCode.Define(
            "upstream_unclear", "The request was sent and its outcome is not known: no answer, a late, cut or oversized one, or a status that says neither yes nor no.");

    public static readonly RefusalCode NotJson =
        RefusalCode.Define("upstream_not_json", "The API did it and answered with something that is not JSON; there is no result.");

    public static readonly RefusalCode Withheld =
        RefusalCode.Define("result_withheld", "The API did it; its answer does not fit the capability's output schema or held a secret, so there is no result.");

    public static Refusal Of(EgressFailure failure) => failure.Kind is EgressFailureKind.NotSent
        ? new(Unreachable, WhyNotSent(failure.Fault) + " The request never left, so nothing happened.")
        : new(Unclear, WhyUnclear(failure.Fault));

    public static Refusal NotJsonAnswer() => new(NotJson, "The API did what was asked, but did not answer with JSON. There is no result to show; do not call it again.");

    public static Refusal ResultWithheld() =>
        new(Withheld, "The API did what was asked, but its answer is not what this tool declares. There is no result to show; do not call it again.");

    private static string WhyNotSent(EgressFault fault) => fault switch
    {
        EgressFault.OutsideBaseUrl => "The request is not under the connection's base URL, or the connection is not https.",
        EgressFault.InvalidRequest => "The request holds a header that cannot be sent.",
        EgressFault.NameNotResolved => "The API's host has no address.",
        EgressFault.AddressRefused => "The API's host has an address that this server may not connect to.",
        EgressFault.TlsFailed => "No secure connection to the API could be made.",
        EgressFault.Cancelled => "The call was cancelled.",
        EgressFault.TimedOut => "The API could not be connected to in time.",
        _ => "The API could not be connected to.",
    };

    private static string WhyUnclear(EgressFault fault) => fault switch
    {
        EgressFault.TimedOut => "The API did not answer in time.",
        EgressFault.TooLarge => "The API's answer is larger than this tool allows.",
        _ => "The connection to the API ended before its answer was complete.",
    };
}
