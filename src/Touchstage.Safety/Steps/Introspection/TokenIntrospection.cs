using System.Text.Json.Nodes;
using Touchstage.Safety.Tenants;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Steps.Introspection;

/// <inheritdoc/>
internal sealed class TokenIntrospection(
    IIntrospectionClientStore clients, ITenantStore tenants, IStepJournal journal, SigningKeys keys, StepTokenIssuer issuer, TimeProvider time) : IIntrospection
{
    // Transaction tokens are no access tokens: draft-ietf-oauth-transaction-tokens has "N_A", by RFC 8693, section 2.2.1.
    private static readonly (string Type, string TokenType)[] Types = [(StepTokenNames.TxnTokenType, "N_A"), (StepTokenNames.BearerType, "Bearer")];

    /// <inheritdoc/>
    public async Task<IntrospectionAnswer> AnswerAsync(string clientId, string clientSecret, string token, CancellationToken cancellation)
    {
        if (await AuthenticateAsync(clientId, clientSecret, cancellation) is not { } client)
        {
            return IntrospectionAnswer.Unauthorized;
        }

        return await ReadAsync(token, cancellation) is var (claims, tokenType) && IsOf(client, claims) && IsAlive(claims)
            && await IsForItsApiAsync(client, claims, cancellation) && await IsInFlightAsync(client, claims, cancellation)
            ? IntrospectionAnswer.Active(Write(claims, tokenType))
            : IntrospectionAnswer.Inactive;
    }

    // Whether there is such a client or not: one look-up, one hash, one comparison.
    private async Task<IntrospectionClient?> AuthenticateAsync(string clientId, string secret, CancellationToken cancellation)
    {
        var known = await clients.FindInForceAsync(clientId, cancellation);
        return IntrospectionSecret.Matches(secret, known is null ? [] : known.SecretHash.AsSpan()) ? known?.Client : null;
    }

    /// <summary>A step token of either type that one of this server's own keys signed.</summary>
    private async Task<(StepTokenClaims Claims, string TokenType)?> ReadAsync(string token, CancellationToken cancellation)
    {
        var own = await keys.PublishedAsync(cancellation);
        foreach (var (type, tokenType) in Types)
        {
            if (StepTokenFormat.TryRead(token, type, own, out var claims))
            {
                return (claims, tokenType);
            }
        }

        return null;
    }

    /// <summary>Invariant: a client learns of its own connection's tokens and of no others.</summary>
    private static bool IsOf(IntrospectionClient client, StepTokenClaims claims) =>
        claims.Context.Tenant == client.Tenant.Value && claims.Context.Connection == client.Connection;

    // One clock minted it and asks: there is no skew to allow for.
    private bool IsAlive(StepTokenClaims claims) => claims.Issuer == issuer.Issuer && time.GetUtcNow() < claims.ExpiresAt;

    /// <summary>The connection still is, and still is for the API that the token names.</summary>
    private async Task<bool> IsForItsApiAsync(IntrospectionClient client, StepTokenClaims claims, CancellationToken cancellation) =>
        await tenants.FindAsync(client.Tenant, cancellation) is { } tenant
        && tenant.Connections.TryGetValue(client.Connection, out var connection)
        && connection.Audience == claims.Audience;

    /// <summary>The step is recorded, not settled, and its deadline has not passed.</summary>
    private async Task<bool> IsInFlightAsync(IntrospectionClient client, StepTokenClaims claims, CancellationToken cancellation) =>
        await journal.FindAsync(client.Tenant, claims.Transaction, cancellation) is { Status: StepStatus.InFlight } step
        && step.Connection == client.Connection;

    // RFC 7662, section 2.2. The client that requested the token is this server's workload; what the agent's program calls itself proves nothing, and stands in rctx.
    private static string Write(StepTokenClaims claims, string tokenType)
    {
        var answer = new JsonObject { ["active"] = true, ["token_type"] = tokenType, ["client_id"] = claims.Workload };
        foreach (var (name, value) in JsonNode.Parse(claims.ToPayload())!.AsObject())
        {
            answer[name] = value?.DeepClone();
        }

        return answer.ToJsonString();
    }
}
