using System.Globalization;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Steps.Introspection;

namespace Touchstage.Mcp.Introspection;

/// <summary><c>POST /introspect</c> (RFC 7662): the API behind a connection asks whether a step token is good right now.</summary>
internal sealed class IntrospectionEndpoint(IIntrospection introspection, WrongSecrets wrong)
{
    public const string Path = "/introspect";

    private const string NoClient = "The client is not known here, or its secret is wrong. The operator makes one: touchstage introspection create TENANT CONNECTION.";

    public static Task HandleAsync(HttpContext http) => http.RequestServices.GetRequiredService<IntrospectionEndpoint>().AnswerAsync(http);

    private async Task AnswerAsync(HttpContext http)
    {
        var (request, fault) = await IntrospectionReader.ReadAsync(http);
        if (request is null)
        {
            await RefuseAsync(http, fault);
            return;
        }

        var answer = await introspection.AnswerAsync(request.ClientId, request.ClientSecret, request.Token, http.RequestAborted);
        if (answer.Status == IntrospectionStatus.Unauthorized)
        {
            await RefuseAsync(http, request.ClientId);
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.Json, http.RequestAborted);
    }

    private Task RefuseAsync(HttpContext http, string clientId)
    {
        if (wrong.Count(clientId) is not { } wait)
        {
            return RefuseAsync(http, IntrospectionFault.NoClient);
        }

        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return HttpRefusal.WriteAsync(http, StatusCodes.Status429TooManyRequests, "too_many_wrong_secrets", "Too many wrong secrets came for this client. The right one is still taken.");
    }

    // The errors are those of RFC 6749, section 5.2.
    private static Task RefuseAsync(HttpContext http, IntrospectionFault fault)
    {
        switch (fault)
        {
            case IntrospectionFault.NoForm:
                return HttpRefusal.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "invalid_request", "The content must be application/x-www-form-urlencoded.");
            case IntrospectionFault.TooLarge:
                return HttpRefusal.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "invalid_request", "The content has 32 KiB at most.");
            case IntrospectionFault.NoClient:
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"touchstage\", charset=\"UTF-8\"";
                return HttpRefusal.WriteAsync(http, StatusCodes.Status401Unauthorized, "invalid_client", NoClient);
            default:
                return HttpRefusal.WriteAsync(
                    http, StatusCodes.Status400BadRequest, "invalid_request", "Send the form parameter token, once; and the client's id and secret once, in HTTP Basic or as client_id and client_secret.");
        }
    }
}
