using System.Text.Encodings.Web;

namespace Touchstage.Mcp.SignIns;

/// <summary>The small pages before the inbox. All text is encoded; there is no script in them.</summary>
internal static class SignInPage
{
    /// <summary>A page that says one thing.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="title">What it is.</param>
    /// <param name="text">What happened and what to do.</param>
    public static Task SayAsync(HttpContext http, int status, string title, string text) =>
        WriteAsync(http, status, title, "", $"<p>{Encode(text)}</p><p><a href=\"{InboxPaths.SignIn}\">Sign in</a></p>");

    /// <summary>A page that brings the browser on to another page of ours, so that its strict cookie comes with it.</summary>
    public static Task WriteReturnAsync(HttpContext http, string to)
    {
        var target = Encode(InboxPaths.Local(to));
        return WriteAsync(http, StatusCodes.Status200OK, "One moment", $"<meta http-equiv=\"refresh\" content=\"0;url={target}\">", $"<p><a href=\"{target}\">Go on to the inbox</a></p>");
    }

    /// <summary>A page of content that is encoded already.</summary>
    public static Task WriteAsync(HttpContext http, int status, string title, string head, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)} - Touchstage</title>
            <link rel="stylesheet" href="{InboxPaths.StyleSheet}">
            {head}
            </head>
            <body>
            <main class="sign-in">
            <h1>{Encode(title)}</h1>
            {body}
            </main>
            </body>
            </html>
            """,
            http.RequestAborted);
    }

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>A form with one button and its token.</summary>
    public static string Form(HttpContext http, string action, string button, params (string Name, string Value)[] fields)
    {
        var hidden = string.Concat(fields.Append(InboxForms.TokenOf(http)).Select(field => $"<input type=\"hidden\" name=\"{Encode(field.Name)}\" value=\"{Encode(field.Value)}\">"));
        return $"<form method=\"post\" action=\"{Encode(action)}\">{hidden}<button type=\"submit\">{Encode(button)}</button></form>";
    }
}
