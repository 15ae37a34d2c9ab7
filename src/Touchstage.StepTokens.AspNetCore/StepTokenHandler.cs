using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Checks the step token of a request to an endpoint that requires a capability, and spends it.</summary>
internal sealed partial class StepTokenHandler(
    IOptionsMonitor<StepTokenOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    IssuerKeys keys, IStepTokenReplayStore used, TimeProvider clock)
    : AuthenticationHandler<StepTokenOptions>(options, loggers, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint() is not { } endpoint || IRequiredCapability.Of(endpoint) is not { } scopes)
        {
            return AuthenticateResult.NoResult();
        }

        var result = await CheckAsync(scopes);
        Context.Features.Set(result);
        if (result.Claims is { } claims)
        {
            return AuthenticateResult.Success(new(PrincipalOf(claims), Scheme.Name));
        }

        LogRefused(Logger, result.Failure!, Request.Method, endpoint.DisplayName);
        // Invariant: whatever lets the request go on, a convention that allows anonymous callers or another scheme, it does not reach the endpoint.
        Context.SetEndpoint(CapabilityGuard.InPlaceOf(endpoint, Options.AcceptBearer));
        return AuthenticateResult.Fail(StepTokenDefaults.InvalidToken);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        InvalidTokenAnswer.WriteAsync(Response, Options.AcceptBearer);

    private async Task<StepTokenResult> CheckAsync(ImmutableArray<string> scopes)
    {
        if (!CarriedToken.TryFind(Request.Headers, Options.AcceptBearer, out var carried, out var failure))
        {
            return StepTokenResult.Refused(failure);
        }

        if (!TryTarget(out var target))
        {
            return StepTokenResult.Refused(StepTokenRequestFailures.CredentialParameter);
        }

        if (await RequestContent.ReadAsync(Request, Options.MaxBodyBytes) is not { } body)
        {
            return StepTokenResult.Refused(StepTokenRequestFailures.BodyUnreadable);
        }

        if (await keys.GetAsync() is not { } known)
        {
            return StepTokenResult.Refused(StepTokenRequestFailures.KeysUnavailable);
        }

        var request = Received(target, body);
        var tenant = await TenantAsync();
        var verdict = StepTokenValidator.Validate(carried.Token, request, Expected(carried.Type, known, scopes, tenant));
        if (verdict.Failure == StepTokenFailures.KeyId && await keys.RefreshAsync(known) is { } newer)
        {
            verdict = StepTokenValidator.Validate(carried.Token, request, Expected(carried.Type, newer, scopes, tenant));
        }

        // Invariant: a token is spent only on the request it was made for; a refused copy cannot burn the real one.
        return verdict.IsValid ? await SpendAsync(verdict.Claims) : StepTokenResult.Refused(verdict.Failure);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the owner's store throws, the answer is No.")]
    private async Task<StepTokenResult> SpendAsync(StepTokenClaims claims)
    {
        try
        {
            return await used.UseAsync(claims.TokenId, claims.IssuedAt, claims.ExpiresAt + StepTokenFormat.ClockSkew) switch
            {
                StepTokenUse.First => StepTokenResult.Accepted(claims),
                StepTokenUse.Replayed => StepTokenResult.Refused(StepTokenFailures.Replayed),
                StepTokenUse.TooOld => StepTokenResult.Refused(StepTokenRequestFailures.IssuedBeforeStart),
                _ => StepTokenResult.Refused(StepTokenRequestFailures.ReplayStoreUnavailable),
            };
        }
        catch (Exception failed)
        {
            LogStoreFailed(Logger, failed);
            return StepTokenResult.Refused(StepTokenRequestFailures.ReplayStoreUnavailable);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the owner's look-up throws, no tenant was found.")]
    private async Task<string?> TenantAsync()
    {
        try
        {
            return await Options.TenantOf!(Request);
        }
        catch (Exception failed)
        {
            LogTenantFailed(Logger, failed);
            return null;
        }
    }

    // The raw target, without the tenant's key where that comes in the query.
    private bool TryTarget([NotNullWhen(true)] out string? target)
    {
        target = Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return Options.CredentialParameter is not { } parameter || CredentialInQuery.TryTakeOff(target, parameter, out target);
    }

    private ReceivedRequest Received(string target, ReadOnlyMemory<byte> body) => new()
    {
        Method = Request.Method,
        // A target in another form than a path (absolute, authority, *) cannot equal any htu.
        TargetUri = target.StartsWith('/') ? Options.PublicBaseUrl.TrimEnd('/') + target : "",
        Headers = [.. Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
        Body = body,
    };

    private StepTokenExpectations Expected(string type, StepTokenKeySet known, ImmutableArray<string> scopes, string? tenant) => new()
    {
        Type = type,
        Issuer = Options.Issuer,
        Audience = Options.Audience,
        Keys = known,
        Scopes = scopes,
        Tenant = tenant,
        Now = clock.GetUtcNow(),
        CoveredHeaders = Options.CoveredHeaders,
    };

    private ClaimsPrincipal PrincipalOf(StepTokenClaims claims)
    {
        var identity = new ClaimsIdentity(Scheme.Name, StepTokenNames.Subject, roleType: null);
        identity.AddClaim(new(StepTokenNames.Transaction, claims.Transaction));
        identity.AddClaim(new(StepTokenNames.TokenId, claims.TokenId));
        identity.AddClaim(new(StepTokenNames.Tenant, claims.Context.Tenant));
        identity.AddClaim(new(StepTokenNames.Subject, claims.Subject.ToString()));
        identity.AddClaim(new(StepTokenNames.Scope, claims.Scope));
        if (claims.Context.Approval is { } approval)
        {
            identity.AddClaim(new(StepTokenDefaults.ApprovalClaim, approval.Id));
        }

        return new(identity);
    }

    [LoggerMessage(7104, LogLevel.Warning, "Refused a step token ({Check}) on {Method} {Endpoint}.")]
    private static partial void LogRefused(ILogger logger, string check, string method, string? endpoint);

    [LoggerMessage(7105, LogLevel.Error, "The replay store failed; the request is refused.")]
    private static partial void LogStoreFailed(ILogger logger, Exception failed);

    [LoggerMessage(7106, LogLevel.Error, "TenantOf failed; the request is refused.")]
    private static partial void LogTenantFailed(ILogger logger, Exception failed);
}
