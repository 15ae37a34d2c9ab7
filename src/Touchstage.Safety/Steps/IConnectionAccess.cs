using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Steps;

/// <summary>Gets the access token of a step's connection ready, where it needs one.</summary>
internal interface IConnectionAccess
{
    /// <summary>The longest that it takes: waiting for the turn of another server, and a turn of one's own.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(41);

    /// <summary>Makes sure that the connection's access token outlives the step.</summary>
    /// <returns>Null if it does or none is needed; else why the step cannot go out. Nothing was sent to the API then.</returns>
    Task<Refusal?> PrepareAsync(RecordedStep step, CancellationToken cancellation);
}
