using Touchstage.Mcp.Inbox.Parts;
using Touchstage.Mcp.SignIns;

namespace Touchstage.Mcp.Inbox;

/// <summary>The pages on which people decide.</summary>
internal static class InboxSurface
{
    public static IServiceCollection AddInboxPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services.AddScoped<PageFrame>().AddScoped(typeof(Shown<>)).AddScoped<CaseDesk>().AddScoped<ModifyDesk>();
    }

    public static void MapInboxPages(this WebApplication app)
    {
        var inbox = app.MapInboxGroup();
        inbox.MapQueue();
        inbox.MapCase();
        inbox.MapDecisions();
        inbox.MapModify();
        inbox.MapBatch();
        inbox.MapChanges();
        inbox.MapHelp();
        inbox.MapAssets();
        inbox.MapFallback("{**path}", (HttpContext http) => PageAnswer.Say(http, StatusCodes.Status404NotFound, "There is no such page", "The address may be mistyped, or be of something that is no longer there."));
    }
}
