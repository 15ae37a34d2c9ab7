using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.SignIns;

/// <summary>What happens between the provider's answer and the inbox: the claims become a session of our own, or a page says No.</summary>
internal sealed partial class ProviderEvents(ProviderSetup setup) : OpenIdConnectEvents
{
    private const string Issuer = "iss";

    private readonly ProviderClaims claims = new(setup);

    /// <summary>An answer comes by redirect, and one that names its issuer must name ours (RFC 9207).</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Fail("The answer came as a form, which was not asked for.");
        }
        else if (context.ProtocolMessage.Parameters.TryGetValue(Issuer, out var issuer) && issuer != setup.Issuer)
        {
            context.Fail("The answer is another issuer's.");
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Invariant: no token counts that is not signed with one of the provider's own kinds of key. The library takes an unsigned one that came over the back channel, as OpenID Connect Core
    /// allows (section 3.1.3.7); a provider without TLS, on loopback, would make that anybody's.
    /// </summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        if (!ProviderSignIn.Algorithms.Contains(context.SecurityToken.SignatureAlgorithm, StringComparer.Ordinal) || context.SecurityToken.RawSignature is not { Length: > 0 })
        {
            context.Fail("The token is not signed.");
        }

        return Task.CompletedTask;
    }

    /// <summary>The token is good, and is the answer to what was asked; whether it is somebody of ours is decided here, at the last moment before somebody is signed in.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        if (!claims.TryRead(context.Principal!, out var identity, out var problem))
        {
            await RefuseAsync(context, problem);
            return;
        }

        if (!(await http.RequestServices.GetRequiredService<ISignIns>().AdmitAsync(identity, InboxCookie.Lifetime, http.RequestAborted)).TryGet(out var caller, out var refusal))
        {
            await RefuseAsync(context, refusal.Reason);
            return;
        }

        context.Principal = InboxCookie.Ticket(caller);
    }

    /// <summary>Nobody was signed in: broken off, tampered with, or not good.</summary>
    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        LogFailed(Log(context.HttpContext), context.Failure?.GetType().Name ?? "nothing");
        return SignInPage.SayAsync(
            context.HttpContext, StatusCodes.Status400BadRequest, "Signing in did not work",
            "The answer of your identity provider was not the one to a sign-in that this browser began here a moment ago. Try again.");
    }

    /// <summary>The person said no at the provider.</summary>
    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return SignInPage.SayAsync(context.HttpContext, StatusCodes.Status403Forbidden, "You did not sign in", "Your identity provider did not let you through, or you broke it off there.");
    }

    // Invariant: the response is handled, for a mere failure would be signed in all the same.
    private static Task RefuseAsync(TicketReceivedContext context, string problem)
    {
        context.HandleResponse();
        LogRefused(Log(context.HttpContext), problem);
        return SignInPage.SayAsync(context.HttpContext, StatusCodes.Status403Forbidden, "You cannot sign in here", $"{problem} Whoever looks after your sign-in can change that.");
    }

    private static ILogger Log(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger<ProviderEvents>();

    [LoggerMessage(3301, LogLevel.Warning, "A sign-in was refused: {Problem}")]
    private static partial void LogRefused(ILogger logger, string problem);

    [LoggerMessage(3302, LogLevel.Warning, "A sign-in failed ({Failure})")]
    private static partial void LogFailed(ILogger logger, string failure);
}
