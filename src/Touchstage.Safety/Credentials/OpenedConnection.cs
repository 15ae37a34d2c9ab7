using System.Collections.Immutable;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Credentials;

/// <summary>Proof of <c>open</c>: the step's own tenant's credential, for this one step. Prints as <c>***</c>.</summary>
internal sealed partial class OpenedConnection
{
    private readonly ImmutableArray<HeaderField> authentication;
    private readonly ImmutableArray<string> secrets;
    private int spent;

    private OpenedConnection(RecordedStep step, ImmutableArray<HeaderField> authentication, ImmutableArray<string> secrets)
    {
        Step = step;
        this.authentication = authentication;
        this.secrets = secrets;
    }

    /// <summary>The recorded step.</summary>
    public RecordedStep Step { get; }

    /// <summary>True the first time only: a proof is spent once.</summary>
    public bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;

    /// <summary>The headers that authenticate the request.</summary>
    public ImmutableArray<HeaderField> RevealAuthentication() => authentication;

    /// <summary>What must not come back in an answer.</summary>
    public ImmutableArray<string> RevealSecrets() => secrets;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
