using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace Touchstage.Safety.Storage;

/// <summary>A key ring in the store's table <c>protection_keys</c>. Its keys are wrapped by a certificate: otherwise they would lie beside what they open.</summary>
internal sealed class ProtectionKeyRing(StoreFile file, TimeProvider time) : IKeyRingPlace
{
    public string Name => $"{file.Path}, table protection_keys";

    public void Prepare() => Use(rows =>
    {
        using var transaction = rows.Database.BeginTransaction(System.Data.IsolationLevel.Serializable);
        return true;
    });

    public bool Has(Guid keyId)
    {
        var name = $"key-{keyId:D}";
        return Use(rows => rows.ProtectionKeys.Any(row => row.Name == name));
    }

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Use(rows => rows.ProtectionKeys.OrderBy(row => row.CreatedAt).Select(row => row.Xml).AsEnumerable().Select(XElement.Parse).ToList());

    public void StoreElement(XElement element, string friendlyName)
    {
        // Invariant: nothing reaches the table in clear text, whatever the library was told.
        if (element.Descendants().Any(part => part.Name.LocalName == "masterKey"))
        {
            throw new InvalidOperationException("A key of the ring is kept in the store only if a certificate wraps it.");
        }

        Use(rows =>
        {
            rows.ProtectionKeys.Add(new ProtectionKeyRow { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting), CreatedAt = time.GetUtcNow().ToMicros() });
            return rows.SaveChanges();
        });
    }

    // Data Protection asks synchronously, and the engine answers so.
    private T Use<T>(Func<StoreContext, T> use)
    {
        try
        {
            using var rows = file.ConnectAsync(CancellationToken.None).GetAwaiter().GetResult();
            return use(rows);
        }
        catch (Exception broken) when (StoreFaults.IsOfEngine(broken))
        {
            throw StoreFaults.Translate(broken, file.Path);
        }
    }
}
