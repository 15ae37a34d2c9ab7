using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Sessions;

/// <summary>Says no to an HTTP request before it is a protocol message: a status and <c>{ error, reason }</c>.</summary>
internal static class HttpRefusal
{
    public static Task WriteAsync(HttpContext http, int status, string error, string reason)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(new JsonObject { ["error"] = error, ["reason"] = reason }.ToJsonString(), http.RequestAborted);
    }
}
