using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Actions;

/// <summary>What the pipeline itself says when a step was not, or not surely, carried out.</summary>
internal static class ActionRefusals
{
    public static readonly RefusalCode InFlight =
        RefusalCode.Define("in_flight", "The identical action of the same caller is being carried out right now; this answer names its step.");

    public static readonly RefusalCode Unsettled =
        RefusalCode.Define("unsettled", "The step was recorded and its outcome was never written: it may or may not have happened.");

    public static readonly RefusalCode NotSent =
        RefusalCode.Define("not_sent", "Something failed between recording the step and sending it; the upstream was surely not reached.");

    public static readonly RefusalCode SendingFailed =
        RefusalCode.Define("sending_failed", "Something failed while the request was being sent; it may or may not have happened.");

    public static readonly RefusalCode UnknownStep =
        RefusalCode.Define("unknown_step", "There is no step of that id in that tenant's ledger, or none that the caller may resolve.");

    public static readonly RefusalCode ByEvidence =
        RefusalCode.Define("settled_by_evidence", "The step's outcome was unknown; a look-up afterwards found out what became of it.");

    public static readonly RefusalCode ByPerson =
        RefusalCode.Define("settled_by_person", "The step's outcome was unknown; a person found out what became of it.");

    public const string FoundText = "The API's answer was lost, and a look-up afterwards found that the action happened: it was done, once. There is no result of it to show; do not propose it again.";

    public const string NotFoundText = "The API's answer was lost, and a look-up afterwards found that the action did not happen.";

    public const string InFlightText = "This very action is being carried out right now. Wait for its outcome; do not propose it again.";

    public const string UnsettledText = "This action was started and its outcome is not known: it may or may not have happened. A person must find out; do not propose it again.";
}
