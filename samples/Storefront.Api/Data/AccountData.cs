using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Storefront.Api.Accounts;

namespace Storefront.Api.Data;

/// <summary>The rows of the one account that the request reaches.</summary>
internal sealed class AccountData(StorefrontDb db, IHttpContextAccessor http)
{
    /// <summary>The account that <see cref="AccountGate"/> found and the kit held the token to.</summary>
    public Account Account { get; } = http.HttpContext!.Features.GetRequiredFeature<Account>();

    public StorefrontDb Db { get; } = db;

    // Invariant: every query of an endpoint starts here, so none can reach a row of another account.
    public IQueryable<T> All<T>() where T : class, IOwned => Db.Set<T>().Where(row => row.Account == Account.Name);

    public Task<T?> FindAsync<T>(string id) where T : class, IOwned => All<T>().SingleOrDefaultAsync(row => row.Id == id);

    /// <summary>The next id of a kind. Rows are never removed, so the count never repeats; call it inside a transaction.</summary>
    public async Task<string> NextIdAsync<T>(string prefix) where T : class, IOwned => $"{prefix}_{await All<T>().CountAsync() + 1}";
}
