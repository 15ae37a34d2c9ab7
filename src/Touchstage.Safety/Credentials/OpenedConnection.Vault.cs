using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Credentials;

internal sealed partial class OpenedConnection
{
    /// <summary>The stage <c>open</c>: the only reader of secrets. It takes a tokened step and nothing else, so nothing else can name a tenant.</summary>
    internal sealed class Vault(ISecretStore store, TenantSeal seal)
    {
        private const string DefaultKeyHeader = "x-api-key";

        public async Task<Result<OpenedConnection>> OpenAsync(TokenedStep tokened, CancellationToken cancellation)
        {
            if (!tokened.TrySpend())
            {
                throw new InvalidOperationException("A tokened step is spent once.");
            }

            var (step, token) = (tokened.Step, tokened.RevealToken());
            var scope = step.Action.Action.Scope;
            if (!scope.Connection.Auth.NeedsSecret)
            {
                return token is null ? CredentialRefusals.NoToken() : new OpenedConnection(step, [Bearer(token)], [token]);
            }

            return (await LoadAsync(scope.Tenant.Id, scope.Connection.Name, cancellation)).TryGet(out var secret, out var no)
                ? new OpenedConnection(step, Headers(scope.Connection.Auth, secret.Reveal(), token), token is null ? [secret.Reveal()] : [secret.Reveal(), token])
                : no;
        }

        private static ImmutableArray<HeaderField> Headers(ConnectionAuth auth, string secret, string? token)
        {
            var own = auth.Type switch
            {
                ConnectionAuth.Bearer => Bearer(secret),
                ConnectionAuth.ApiKey => new(auth.Parameters.GetValueOrDefault("header", DefaultKeyHeader), secret),
                _ => throw new InvalidOperationException("The connection's kind of authentication is not one of ours."),
            };
            return token is null ? [own] : [own, new(StepTokenNames.TxnTokenHeader, token)];
        }

        private static HeaderField Bearer(string credential) => new(StepTokenNames.AuthorizationHeader, "Bearer " + credential);

        private async Task<Result<Secret>> LoadAsync(TenantId tenant, string connection, CancellationToken cancellation)
        {
            if (await store.FindAsync(tenant, connection, cancellation) is not { } box)
            {
                return CredentialRefusals.Missing();
            }

            byte[] opened = [];
            try
            {
                opened = await seal.OpenAsync(tenant, Secret.PlaceOf(connection), box, cancellation);
                return Secret.TryRead(Encoding.UTF8.GetString(opened), out var secret, out _) ? secret : CredentialRefusals.DoesNotOpen();
            }
            catch (CryptographicException)
            {
                return CredentialRefusals.DoesNotOpen();
            }
            finally
            {
                CryptographicOperations.ZeroMemory(opened);
            }
        }
    }
}
