using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

internal sealed partial class OpenedConnection
{
    /// <summary>The stage <c>open</c>: the only reader of credentials. It takes a tokened step and nothing else, so nothing else can name a tenant.</summary>
    internal sealed class Vault(SealedSecrets secrets)
    {
        public async Task<Result<OpenedConnection>> OpenAsync(TokenedStep tokened, CancellationToken cancellation)
        {
            if (!tokened.TrySpend())
            {
                throw new InvalidOperationException("A tokened step is spent once.");
            }

            var (step, token) = (tokened.Step, tokened.RevealToken());
            var scope = step.Action.Action.Scope;
            if (scope.Connection.Auth.Type is ConnectionAuth.StepToken)
            {
                return token is null ? CredentialRefusals.NoToken() : new OpenedConnection(step, null, token);
            }

            return (await secrets.OpenAsync(scope.Tenant.Id, scope.Connection, cancellation)).TryGet(out var secret, out var no)
                ? new OpenedConnection(step, Credential.Of(scope.Connection.Auth, secret), token)
                : no;
        }
    }
}
