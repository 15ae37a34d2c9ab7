using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Storefront.Api.Data;

namespace Storefront.Api.Journal;

/// <summary>Lets the owner read the journal, under the owner's key.</summary>
internal static class JournalEndpoint
{
    public static void MapJournal(this IEndpointRouteBuilder routes, string ownerKey) =>
        routes.MapGet("/journal", async (HttpRequest request, StorefrontDb db, string? account) =>
        {
            if (request.Headers["X-Owner-Key"] is not [{ } given] || !Same(given, ownerKey))
            {
                return Results.Problem("The journal is the owner's; send the owner's key in X-Owner-Key.", statusCode: StatusCodes.Status401Unauthorized);
            }

            var entries = await db.Journal.AsNoTracking()
                .Where(entry => account == null || entry.Account == account)
                .OrderBy(entry => entry.Number).ToListAsync();
            return Results.Ok(new { entries });
        });

    private static bool Same(string given, string expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
