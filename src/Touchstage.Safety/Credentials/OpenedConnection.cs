using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Steps;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Credentials;

/// <summary>Proof of <c>open</c>: the step's own tenant's credential, for this one step, cleared when it is disposed of. Prints as <c>***</c>.</summary>
internal sealed partial class OpenedConnection : IDisposable
{
    private readonly Credential? credential;
    private readonly string? token;
    private int spent;

    private OpenedConnection(RecordedStep step, Credential? credential, string? token, long? accessVersion = null)
    {
        Step = step;
        this.credential = credential;
        this.token = token;
        AccessVersion = accessVersion;
    }

    /// <summary>The recorded step.</summary>
    public RecordedStep Step { get; }

    /// <summary>Which of the connection's kept access tokens it bears, or null if it bears none.</summary>
    public long? AccessVersion { get; }

    /// <summary>True the first time only: a proof is spent once.</summary>
    public bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;

    /// <summary>The headers that authenticate the request: the tenant's credential, and the step token.</summary>
    public ImmutableArray<HeaderField> RevealAuthentication() => [.. new[] { credential?.RevealHeader(), TokenHeader() }.OfType<HeaderField>()];

    /// <summary>The target as it is sent: the recorded one, with the credential behind it where the API looks for it there.</summary>
    public string RevealTarget() => credential?.RevealTarget(Step.Request.Uri) ?? Step.Request.Uri;

    /// <summary>The client certificate, or null. Whoever asks disposes of it.</summary>
    public X509Certificate2? RevealCertificate() => credential?.RevealCertificate();

    /// <summary>What must not come back in an answer.</summary>
    public ImmutableArray<string> RevealSecrets() => [.. credential?.RevealTexts() ?? [], .. token is null ? Array.Empty<string>() : [token]];

    /// <inheritdoc/>
    public void Dispose() => credential?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => "***";

    // Where the API trusts this server alone, the step token is the credential.
    private HeaderField? TokenHeader() => token is null ? null
        : credential is null ? new(StepTokenNames.AuthorizationHeader, "Bearer " + token)
        : new(StepTokenNames.TxnTokenHeader, token);
}
