using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Storage;

/// <summary>What one command writes with: the rows inside its transaction, and its moment; and ids for what it adds.</summary>
internal sealed class WriteScope(StoreContext rows, long now, IIdSource ids)
{
    /// <summary>The rows, inside the transaction.</summary>
    public StoreContext Rows { get; } = rows;

    /// <summary>When the command's turn came, in microseconds.</summary>
    public long Now { get; } = now;

    /// <summary>A new id with this prefix.</summary>
    public string NextId(string prefix) => ids.Next(prefix);

    /// <summary>Tells the change feed, in the same transaction.</summary>
    public void Change(TenantId tenant, string kind, string id) => Rows.Changes.Add(new ChangeRow { Tenant = tenant.Value, Kind = kind, Id = id });
}
