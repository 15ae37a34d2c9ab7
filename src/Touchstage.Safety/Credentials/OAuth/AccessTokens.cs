using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>
/// The access tokens of connections, kept from one step to the next and never past their expiry. The next one is fetched by one call alone, whichever server it runs on: a
/// refresh token that is used twice is taken for a stolen one (RFC 9700, section 4.14.2).
/// </summary>
internal sealed partial class AccessTokens(
    IAccessTokenStore store, AccessBoxes boxes, TokenClient client, TokenExchanges exchanges, IIdSource ids, TimeProvider time, ILogger<AccessTokens> log) : IConnectionAccess, IAccessTokens
{
    // Sealing and keeping what was got. While the store is locked for longer, nobody can take the turn over either.
    private static readonly TimeSpan Keeping = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a turn to ask is held: longer than all that happens in it.</summary>
    public static readonly TimeSpan Turn = TokenClient.Longest + Keeping;

    /// <summary>How long a call waits for another's turn: until it is over, even if its server died in it.</summary>
    public static readonly TimeSpan Patience = Turn + (Pause * 4);

    private readonly ConcurrentDictionary<Flight, Lazy<Task<Refusal?>>> flights = new();

    /// <inheritdoc/>
    public async Task<Refusal?> PrepareAsync(RecordedStep step, CancellationToken cancellation)
    {
        var scope = step.Action.Action.Scope;
        if (!scope.Connection.Auth.KeepsAccessToken)
        {
            return null;
        }

        var (tenant, connection, needed) = (scope.Tenant.Id, scope.Connection, step.Action.Timeout);
        if (IsGood(await store.FindAsync(tenant, connection.Name, cancellation), connection, needed))
        {
            return null;
        }

        // The flight belongs to nobody who waits for it: whoever gives up must not end a refresh in the middle.
        var key = new Flight(tenant, connection.Name, AccessBoxes.FingerprintOf(connection.Auth), needed);
        var flight = flights.GetOrAdd(key, _ => new(() => Task.Run(() => FlyAsync(key, connection), CancellationToken.None))).Value;
        try
        {
            return await flight.WaitAsync(IConnectionAccess.Longest, time, cancellation);
        }
        catch (TimeoutException)
        {
            return OAuthRefusals.Failed(EgressFault.TimedOut);
        }
    }

    /// <inheritdoc/>
    public async Task<Result<OpenedAccess>> OpenAsync(TenantId tenant, Connection connection, CancellationToken cancellation)
    {
        if (await store.FindAsync(tenant, connection.Name, cancellation) is not { AccessBox: { } box } kept || kept.Fingerprint != AccessBoxes.FingerprintOf(connection.Auth))
        {
            return OAuthRefusals.Expired();
        }

        try
        {
            var (token, expiresAt) = await boxes.OpenAccessAsync(tenant, connection, box, cancellation);
            if (expiresAt > time.GetUtcNow() && kept.ExpiresAt > time.GetUtcNow())
            {
                return new OpenedAccess(token, kept.Version);
            }

            token.Dispose();
            return OAuthRefusals.Expired();
        }
        catch (CryptographicException)
        {
            return OAuthRefusals.Unreadable();
        }
    }

    /// <inheritdoc/>
    public Task<Result<Secret>> ExchangeAsync(RecordedStep step, string? stepToken, CancellationToken cancellation) => exchanges.ExchangeAsync(step, stepToken, cancellation);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "What became of the step is known, and is not forgotten for this.")]
    public async Task ExpireAsync(TenantId tenant, Connection connection, long version)
    {
        try
        {
            await store.ExpireAsync(tenant, connection.Name, version);
        }
        catch (Exception broken)
        {
            LogBroken(tenant, connection.Name, broken.GetType().Name);
        }
    }

    private async Task<Refusal?> FlyAsync(Flight key, Connection connection)
    {
        try
        {
            return await RefreshAsync(key.Tenant, connection, key.Needed);
        }
        finally
        {
            flights.TryRemove(key, out _);
        }
    }

    private async Task<Refusal?> RefreshAsync(TenantId tenant, Connection connection, TimeSpan needed)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        var seen = await store.FindAsync(tenant, connection.Name, patience.Token);
        var first = seen?.Version ?? 0;
        try
        {
            for (var kept = seen; ; kept = await store.FindAsync(tenant, connection.Name, patience.Token))
            {
                var version = kept?.Version ?? 0;
                // What another call has fetched meanwhile is as fresh as it gets, however short it lives.
                if (IsGood(kept, connection, version == first ? needed : TimeSpan.Zero))
                {
                    return null;
                }

                if (version != first && kept?.Failure is { } failure)
                {
                    return StoredRefusal.Read(failure);
                }

                if (connection.Auth.Type == ConnectionAuth.AuthorizationCode && (kept?.RefreshBox is null || kept.Fingerprint != AccessBoxes.FingerprintOf(connection.Auth)))
                {
                    return OAuthRefusals.NotAuthorizedYet();
                }

                var holder = ids.Next("trn");
                switch (await store.ClaimAsync(tenant, connection.Name, version, holder, Turn, patience.Token))
                {
                    case AccessClaim.Claimed:
                        return await TakeTurnAsync(tenant, connection, kept, holder);
                    case AccessClaim.TenantGone:
                        return TenantRefusals.IsGone();
                    case AccessClaim.Held:
                        await Task.Delay(Pause, time, patience.Token);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return OAuthRefusals.Busy();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever breaks, the turn is given back and the answer is No.")]
    private async Task<Refusal?> TakeTurnAsync(TenantId tenant, Connection connection, KeptAccess? kept, string holder)
    {
        TokenResult result;
        try
        {
            result = await AskAsync(tenant, connection, kept);
            if (result.Answer is { } answer)
            {
                var access = await boxes.SealAsync(tenant, connection, answer, CancellationToken.None);
                if (await store.KeepAsync(tenant, connection.Name, holder, access) is AccessWrite.Written)
                {
                    LogFetched(tenant, connection.Name, answer.ExpiresAt);
                    return answer.ExpiresAt > time.GetUtcNow() ? null : OAuthRefusals.Expired();
                }

                return OAuthRefusals.Busy();
            }
        }
        catch (Exception broken)
        {
            result = new(null, OAuthRefusals.Unreadable(), IsGrantDead: false);
            LogBroken(tenant, connection.Name, broken.GetType().Name);
        }

        var isOver = result.IsGrantDead && connection.Auth.Type == ConnectionAuth.AuthorizationCode;
        var no = isOver ? OAuthRefusals.NotAuthorizedYet() : result.No!;
        await store.FailAsync(tenant, connection.Name, holder, StoredRefusal.Write(no), isOver);
        LogFailed(tenant, connection.Name, no.Reason);
        return no;
    }

    private async Task<TokenResult> AskAsync(TenantId tenant, Connection connection, KeptAccess? kept)
    {
        if (connection.Auth.Type == ConnectionAuth.ClientCredentials)
        {
            return await client.AskAsync(tenant, connection, TokenGrant.ClientCredentials(connection.Auth), CancellationToken.None);
        }

        using var refresh = await boxes.OpenRefreshAsync(tenant, connection, kept!.RefreshBox!.Value, CancellationToken.None);
        return await client.AskAsync(tenant, connection, TokenGrant.Refresh(connection.Auth, refresh.RevealText()), CancellationToken.None);
    }

    private bool IsGood(KeptAccess? kept, Connection connection, TimeSpan needed) =>
        kept is { AccessBox: not null } && kept.Fingerprint == AccessBoxes.FingerprintOf(connection.Auth) && kept.ExpiresAt > time.GetUtcNow() + needed;

    private sealed record Flight(TenantId Tenant, string Connection, string Fingerprint, TimeSpan Needed);

    [LoggerMessage(EventId = 5301, Level = LogLevel.Information, Message = "Tenant {Tenant} has a new access token for {Connection}, good until {ExpiresAt}.")]
    private partial void LogFetched(TenantId tenant, string connection, DateTimeOffset expiresAt);

    [LoggerMessage(EventId = 5302, Level = LogLevel.Warning, Message = "Tenant {Tenant} got no access token for {Connection}: {Reason}")]
    private partial void LogFailed(TenantId tenant, string connection, string reason);

    [LoggerMessage(EventId = 5303, Level = LogLevel.Error, Message = "Fetching an access token of tenant {Tenant} for {Connection} broke off: {Exception}.")]
    private partial void LogBroken(TenantId tenant, string connection, string exception);
}
