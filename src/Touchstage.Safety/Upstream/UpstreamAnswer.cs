using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Upstream;

/// <summary>What a step came to: all of it scrubbed, so that it may be shown and stored.</summary>
internal sealed class UpstreamAnswer
{
    private UpstreamAnswer(StepStatus status, Refusal? why, CanonicalJson? result, int? httpStatus, bool surelyNotReached, TimeSpan duration)
    {
        Status = status;
        Code = why?.Code;
        Reason = why?.Reason;
        Result = result;
        HttpStatus = httpStatus;
        SurelyNotReached = surelyNotReached;
        Duration = duration;
    }

    /// <summary>Completed, failed or unknown.</summary>
    public StepStatus Status { get; }

    /// <summary>Why there is no result, or null.</summary>
    public RefusalCode? Code { get; }

    /// <summary>The same in a sentence or two for the model, exactly if there is a code.</summary>
    public string? Reason { get; }

    /// <summary>What of the answer may be handed on, fitting its schema; null for none.</summary>
    public CanonicalJson? Result { get; }

    /// <summary>The answer's HTTP status, or null without an answer.</summary>
    public int? HttpStatus { get; }

    /// <summary>Whether not one byte reached the upstream, so that limits may be given back.</summary>
    public bool SurelyNotReached { get; }

    /// <summary>How long sending and reading took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>It was not sent.</summary>
    public static UpstreamAnswer NotSent(Refusal why, TimeSpan duration = default) => new(StepStatus.Failed, why, null, null, surelyNotReached: true, duration);

    /// <summary>It may or may not have happened.</summary>
    public static UpstreamAnswer Unclear(Refusal why, int? httpStatus = null, TimeSpan duration = default) =>
        new(StepStatus.Unknown, why, null, httpStatus, surelyNotReached: false, duration);

    /// <summary>It reached the upstream, which did nothing: it refused, or was only asked to read.</summary>
    public static UpstreamAnswer DidNothing(Refusal why, int? httpStatus, TimeSpan duration) =>
        new(StepStatus.Failed, why, null, httpStatus, surelyNotReached: false, duration);

    /// <summary>It happened.</summary>
    public static UpstreamAnswer Completed(CanonicalJson? result, Refusal? whyNoResult, int httpStatus, TimeSpan duration) =>
        new(StepStatus.Completed, whyNoResult, result, httpStatus, surelyNotReached: false, duration);
}
