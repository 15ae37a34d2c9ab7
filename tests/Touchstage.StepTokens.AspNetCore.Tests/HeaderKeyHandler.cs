using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>A scheme of the API's owner: a key in a header, challenged in its own way.</summary>
internal sealed class HeaderKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "OwnersKey";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Request.Headers["X-Owners-Key"] == "good"
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new("owner", "yes")], Name)), Scheme.Name))
            : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.Append("WWW-Authenticate", Name);
        return Task.CompletedTask;
    }
}
