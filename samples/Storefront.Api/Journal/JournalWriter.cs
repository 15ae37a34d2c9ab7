using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Storefront.Api.Accounts;
using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Journal;

/// <summary>Writes down what a request did, or that it was refused and why.</summary>
internal sealed class JournalWriter(StorefrontDb db, TimeProvider clock)
{
    private const int MostBodyBytes = 16 * 1024;

    /// <summary>Adds the entry of a request; it is saved together with the effect.</summary>
    public void Add(HttpContext context, int status, string effect)
    {
        var token = context.GetStepToken();
        db.Add(new JournalEntry
        {
            Account = context.Features.Get<Account>()?.Name,
            Credential = context.Features.Get<ReachedBy>()?.Credential,
            Time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            Method = context.Request.Method,
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            Body = Body(context.Request),
            Scope = token?.Scope,
            Txn = token?.Transaction,
            Jti = token?.TokenId,
            Sub = token?.Subject.ToString(),
            Status = status,
            Effect = effect,
        });
    }

    // The kit leaves the content it checked in memory; content that it did not read was never received.
    private static string Body(HttpRequest request) =>
        request.Body is MemoryStream content
            ? Encoding.UTF8.GetString(content.ToArray().AsSpan(0, (int)Math.Min(content.Length, MostBodyBytes)))
            : "";
}
