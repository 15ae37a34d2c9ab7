using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Credentials;

/// <inheritdoc/>
internal sealed class ConnectionAccess : IConnectionAccess
{
    /// <inheritdoc/>
    public Task<Refusal?> PrepareAsync(RecordedStep step, CancellationToken cancellation) =>
        Task.FromResult(step.Action.Action.Scope.Connection.Auth.UsesOAuth ? CredentialRefusals.Missing() : null);
}
