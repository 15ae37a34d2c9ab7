using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Journal;

/// <summary>Middleware: every request that changed nothing gets its journal entry, an answered question as well as a refusal. A change writes its own.</summary>
internal sealed class RequestJournal(RequestDelegate next)
{
    private const int FirstError = 400;

    public Task InvokeAsync(HttpContext context, IServiceScopeFactory scopes)
    {
        // Before the first byte of the answer leaves: nobody knows more than the journal.
        context.Response.OnStarting(() => WriteAsync(context, scopes));
        return next(context);
    }

    private static async Task WriteAsync(HttpContext context, IServiceScopeFactory scopes)
    {
        var isRefused = context.Response.StatusCode >= FirstError;
        if (!isRefused && (!HttpMethods.IsGet(context.Request.Method) || context.GetStepToken() is null))
        {
            return;
        }

        var effect = (isRefused, context.GetStepTokenFailure()) switch
        {
            (true, { } check) => $"refused: step token ({check})",
            (true, null) => "refused: nothing was done",
            _ => "answered: nothing was changed",
        };

        // A scope of its own: what the refused request left in the request's context is not saved along.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<JournalWriter>().Add(context, context.Response.StatusCode, effect);
        await scope.ServiceProvider.GetRequiredService<StorefrontDb>().SaveChangesAsync(CancellationToken.None);
    }
}
