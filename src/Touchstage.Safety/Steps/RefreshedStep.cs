namespace Touchstage.Safety.Steps;

/// <summary>Proof of <c>refresh</c>: if the connection needs an access token, the tenant has one that outlives the step. The token itself is not here.</summary>
internal sealed partial class RefreshedStep
{
    private int spent;

    private RefreshedStep(RecordedStep step) => Step = step;

    /// <summary>The recorded step.</summary>
    public RecordedStep Step { get; }

    /// <summary>True the first time only: a proof is spent once.</summary>
    public bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;
}
