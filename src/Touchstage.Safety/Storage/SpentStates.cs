using Microsoft.EntityFrameworkCore;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>The signed states that were used. What expired an hour ago is forgotten on the way: by then no server's clock takes it any more.</summary>
internal sealed class SpentStates(Store store) : ISpentStates
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    public Task<StateSpending> SpendAsync(TenantId tenant, string nonce, DateTimeOffset expiresAt, CancellationToken cancellation) =>
        store.WriteAsync(scope => SpendAsync(scope, tenant, nonce, expiresAt.ToMicros()), cancellation);

    private static async Task<StateSpending> SpendAsync(WriteScope scope, TenantId tenant, string nonce, long expiresAt)
    {
        if (await scope.Rows.SpentStates.FindAsync(tenant.Value, nonce) is not null)
        {
            return StateSpending.AlreadySpent;
        }

        var forgotten = scope.Now - (long)KeptFor.TotalMicroseconds;
        await scope.Rows.SpentStates.Where(row => row.ExpiresAt < forgotten).ExecuteDeleteAsync();
        scope.Rows.SpentStates.Add(new() { Tenant = tenant.Value, Nonce = nonce, ExpiresAt = expiresAt });
        return StateSpending.Spent;
    }
}
