namespace Touchstage.Safety.Actions;

/// <summary>Runs calls through the pipeline.</summary>
public interface IActions
{
    /// <summary>
    /// Takes one call the whole way: identify, resolve, validate, judge, permit, record, refresh, mint, open, send, settle. Every expected "no" is an outcome. An exception means that
    /// nothing was executed.
    /// </summary>
    /// <param name="sessionKey">The session key as received, or null.</param>
    /// <param name="call">The call as received.</param>
    /// <param name="cancellation">Stops the call before it is sent; what was sent is settled whatever happens to the caller.</param>
    Task<ActionOutcome> RunAsync(string? sessionKey, ActionCall call, CancellationToken cancellation);
}
