using Touchstage.Mcp.Inbox.Parts;

namespace Touchstage.Mcp.Inbox;

/// <summary>The style sheet, the script and the icon. There is nothing secret in them, and the page for signing in needs them, too.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this RouteGroupBuilder inbox) => inbox.MapGet("/assets/{name}", Send).AllowAnonymous();

    private static IResult Send(HttpContext http, string name)
    {
        if (PageAssets.Find(name) is not var (content, type))
        {
            return Results.NotFound();
        }

        // Only an address that names the very content may be kept.
        if (PageAssets.AddressOf(name).EndsWith(http.Request.QueryString.Value ?? "", StringComparison.Ordinal) && http.Request.QueryString.HasValue)
        {
            http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        }

        return Results.Bytes(content, type);
    }
}
