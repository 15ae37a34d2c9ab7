using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

internal sealed partial class OpenedConnection
{
    /// <summary>The stage <c>open</c>: the only reader of credentials. It takes a tokened step and nothing else, so nothing else can name a tenant.</summary>
    internal sealed class Vault(ITenantStore tenants, SealedSecrets secrets, IAccessTokens access)
    {
        public async Task<Result<OpenedConnection>> OpenAsync(TokenedStep tokened, CancellationToken cancellation)
        {
            var result = await TryOpenAsync(tokened, cancellation);
            // Invariant: nothing goes out for a tenant that is deleted by now. Asked last of all, because getting a credential may take its time.
            if (await tenants.LifeAsync(tokened.Step.Action.Action.Scope.Tenant.Id, cancellation) is TenantLife.Live)
            {
                return result;
            }

            if (result.TryGet(out var opened, out _))
            {
                opened.Dispose();
            }

            return TenantRefusals.IsGone();
        }

        private async Task<Result<OpenedConnection>> TryOpenAsync(TokenedStep tokened, CancellationToken cancellation)
        {
            if (!tokened.TrySpend())
            {
                throw new InvalidOperationException("A tokened step is spent once.");
            }

            var (step, token) = (tokened.Step, tokened.RevealToken());
            var (tenant, connection) = (step.Action.Action.Scope.Tenant.Id, step.Action.Action.Scope.Connection);
            switch (connection.Auth.Type)
            {
                case ConnectionAuth.StepToken:
                    return token is null ? CredentialRefusals.NoToken() : new OpenedConnection(step, null, token);
                case ConnectionAuth.ClientCredentials or ConnectionAuth.AuthorizationCode:
                    return (await access.OpenAsync(tenant, connection, cancellation)).TryGet(out var opened, out var none)
                        ? new OpenedConnection(step, Credential.Of(connection.Auth, opened.Token), token, opened.Version)
                        : none;
                default:
                    var secret = connection.Auth.Type is ConnectionAuth.TokenExchange
                        ? await access.ExchangeAsync(step, token, cancellation)
                        : await secrets.OpenAsync(tenant, connection, cancellation);
                    return secret.TryGet(out var own, out var no) ? new OpenedConnection(step, Credential.Of(connection.Auth, own), token) : no;
            }
        }
    }
}
