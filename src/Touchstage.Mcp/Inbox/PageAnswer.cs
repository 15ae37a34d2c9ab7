using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstage.Mcp.Inbox.Pages;
using Touchstage.Mcp.Inbox.Parts;
using Touchstage.Mcp.SignIns;

namespace Touchstage.Mcp.Inbox;

/// <summary>Answers with a page.</summary>
internal static class PageAnswer
{
    /// <summary>A page and what it shows.</summary>
    public static IResult Of<TPage, TShown>(HttpContext http, TShown shown, int status = StatusCodes.Status200OK, Notice? notice = null)
        where TPage : IComponent
        where TShown : class
    {
        http.RequestServices.GetRequiredService<Shown<TShown>>().Value = shown;
        return Of<TPage>(http, status, notice);
    }

    /// <summary>A page that shows nothing but itself.</summary>
    public static IResult Of<TPage>(HttpContext http, int status = StatusCodes.Status200OK, Notice? notice = null)
        where TPage : IComponent
    {
        var frame = http.RequestServices.GetRequiredService<PageFrame>();
        frame.Viewer = InboxIdentity.Of(http);
        (frame.FormTokenField, frame.FormToken) = InboxForms.TokenOf(http);
        frame.Notice = notice;
        return new RazorComponentResult<TPage> { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>A page that only says something.</summary>
    public static IResult Say(HttpContext http, int status, string title, string text) => Of<MessagePage, MessageShown>(http, new(title, text), status);

    /// <summary>Another page, to be fetched anew, so that loading it again sends nothing again.</summary>
    public static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
