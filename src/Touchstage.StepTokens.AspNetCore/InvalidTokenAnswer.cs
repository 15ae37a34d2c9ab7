using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The one answer to every refused token: 401 and nothing that tells which check failed.</summary>
internal static class InvalidTokenAnswer
{
    private const string Challenge = $"{StepTokenDefaults.Scheme} error=\"{StepTokenDefaults.InvalidToken}\"";
    private const string BearerChallenge = $"Bearer error=\"{StepTokenDefaults.InvalidToken}\"";

    private static ReadOnlyMemory<byte> Body { get; } =
        """{"type":"about:blank","title":"Unauthorized","status":401,"code":"invalid_token","detail":"This request needs a valid step token that was made for it."}"""u8.ToArray();

    public static Task WriteAsync(HttpResponse response, bool acceptBearer)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.Append("WWW-Authenticate", Challenge);
        if (acceptBearer)
        {
            response.Headers.Append("WWW-Authenticate", BearerChallenge);
        }

        response.ContentType = "application/problem+json";
        response.ContentLength = Body.Length;
        // Not flushed: another scheme of the API may have its own challenge to add.
        response.BodyWriter.Write(Body.Span);
        return Task.CompletedTask;
    }
}
