namespace Touchstage.Safety.Steps;

/// <summary>Proof of <c>mint</c>: the step has its own token, bound to the very request. The token is a secret until it was used.</summary>
internal sealed partial class TokenedStep
{
    private readonly string? token;
    private int spent;

    private TokenedStep(RecordedStep step, string? token)
    {
        Step = step;
        this.token = token;
    }

    /// <summary>The recorded step.</summary>
    public RecordedStep Step { get; }

    /// <summary>True the first time only: a proof is spent once.</summary>
    public bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;

    /// <summary>The token for the one request, or null for a connection without an audience.</summary>
    public string? RevealToken() => token;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
