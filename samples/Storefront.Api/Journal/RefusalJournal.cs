using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Journal;

/// <summary>Middleware: every request that ends with an error gets its journal entry.</summary>
internal sealed class RefusalJournal(RequestDelegate next)
{
    private const int FirstError = 400;

    public async Task InvokeAsync(HttpContext context, IServiceScopeFactory scopes)
    {
        await next(context);
        if (context.Response.StatusCode < FirstError)
        {
            return;
        }

        // A scope of its own: what the refused request left in the request's context is not saved along.
        await using var scope = scopes.CreateAsyncScope();
        var why = context.GetStepTokenFailure() is { } check ? $"refused: step token ({check})" : "refused: nothing was done";
        scope.ServiceProvider.GetRequiredService<JournalWriter>().Add(context, context.Response.StatusCode, why);
        await scope.ServiceProvider.GetRequiredService<StorefrontDb>().SaveChangesAsync(CancellationToken.None);
    }
}
