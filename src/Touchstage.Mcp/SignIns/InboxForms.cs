using Microsoft.AspNetCore.Antiforgery;

namespace Touchstage.Mcp.SignIns;

/// <summary>Lets a request that could change something pass only with the token of a form that this server showed in this session.</summary>
internal sealed class InboxForms(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || await IsOursAsync(http))
        {
            await next(http);
            return;
        }

        await SignInPage.SayAsync(
            http, StatusCodes.Status400BadRequest, "This form is not good any more", "Nothing was done. It was shown before you signed in or out, or by another page. Go back, reload, and send it again.");
    }

    private async Task<bool> IsOursAsync(HttpContext http)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (AntiforgeryValidationException)
        {
            // What cannot be read as a form is not one of ours.
            return false;
        }
    }

    /// <summary>The form's token: the name and value of a hidden field. Asking for it also gives the browser the cookie that goes with it.</summary>
    public static (string Name, string Value) TokenOf(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return (tokens.FormFieldName, tokens.RequestToken!);
    }

    public static void Configure(AntiforgeryOptions options, bool isSecure)
    {
        options.FormFieldName = "form-token";
        options.HeaderName = "X-Form-Token";
        options.Cookie.Name = InboxCookie.Name("form", isSecure);
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        options.SuppressXFrameOptionsHeader = true;
    }
}
