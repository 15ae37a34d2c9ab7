using System.Text;
using Storefront.Api.Accounts;

namespace Storefront.Api.Endpoints;

/// <summary>The storefront's own authorization server: the client credentials grant of RFC 6749, and the metadata of RFC 8414.</summary>
internal static class TokenEndpoints
{
    private const string BasicPrefix = "Basic ";

    public static void MapTokens(this IEndpointRouteBuilder routes, string issuer)
    {
        routes.MapGet("/.well-known/oauth-authorization-server", () => Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = issuer,
            ["token_endpoint"] = issuer + "/oauth/token",
            ["grant_types_supported"] = (string[])["client_credentials"],
            ["token_endpoint_auth_methods_supported"] = (string[])["client_secret_basic"],
            ["response_types_supported"] = Array.Empty<string>(),
        }));
        routes.MapPost("/oauth/token", async (HttpContext context, AccessTokens tokens) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (!context.Request.HasFormContentType)
            {
                return Error("invalid_request", StatusCodes.Status400BadRequest);
            }

            if ((await context.Request.ReadFormAsync())["grant_type"] is not ["client_credentials"])
            {
                return Error("unsupported_grant_type", StatusCodes.Status400BadRequest);
            }

            if (Client(context.Request) is ({ } id, { } secret) && tokens.Give(id, secret) is { } token)
            {
                return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal) { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = (int)AccessTokens.Lifetime.TotalSeconds });
            }

            context.Response.Headers.WWWAuthenticate = "Basic realm=\"storefront\"";
            return Error("invalid_client", StatusCodes.Status401Unauthorized);
        });
    }

    // RFC 6749, section 2.3.1: each half is form-urlencoded before the two are joined.
    private static (string? Id, string? Secret) Client(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value[BasicPrefix.Length..], bytes, out var length) && Encoding.ASCII.GetString(bytes, 0, length).Split(':') is [var id, var secret]
            ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret))
            : default;
    }

    private static IResult Error(string error, int status) => Results.Json(new Dictionary<string, object>(StringComparer.Ordinal) { ["error"] = error }, statusCode: status);
}
