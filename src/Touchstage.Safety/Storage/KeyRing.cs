using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Touchstage.Safety.Storage;

/// <summary>
/// The Data Protection key ring. The library keeps what it has read for a day; this reads the ring again whenever something was wrapped by a key that is not yet known here, so that
/// another process can make a new key at any time, and opens nothing by a key that is no longer at its place. A place that does not answer in time is one that is gone.
/// </summary>
internal sealed class KeyRing(IKeyRingPlace place, KeyCertificates certificates, TimeProvider time) : IDataProtectionProvider, IKeyRing, IDisposable
{
    // https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/authenticated-encryption-details: a magic number and the key's id come first.
    private const uint Magic = 0x09F0C9F0;
    private const int HeadBytes = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    // A key that ends sooner has a successor already, so that every process has read it by then.
    private static readonly TimeSpan Ending = TimeSpan.FromDays(2);

    private readonly Lock gate = new();
    private readonly KeyRingReach reach = new(time);
    private volatile Loaded? loaded;

    /// <summary>Reads the ring and makes sure of it: it can be written, every key of it opens, and it seals and opens.</summary>
    /// <param name="mustHoldKeys">Whether something is wrapped already: then an empty ring is not a new one, but a lost one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public async Task OpenAsync(bool mustHoldKeys, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var check = new Task(() => Check(mustHoldKeys));
        var inTime = check.WaitAsync(Patience, time, cancellation);
        check.Start(TaskScheduler.Default);
        try
        {
            await inTime;
        }
        catch (TimeoutException slow)
        {
            throw Late(Patience, slow);
        }
    }

    public IDataProtector CreateProtector(string purpose) => new KeyRingProtector(this, [purpose]);

    public void Demand(ReadOnlySpan<byte> wrapped)
    {
        if (KeyIdOf(wrapped) is not { } id)
        {
            throw new CryptographicException("This was not wrapped by a key ring.");
        }

        if (!Try(() => reach.Run(() => place.Has(id))))
        {
            throw new CryptographicException("The key ring has no such key.");
        }

        if (!Current.KeyIds.Contains(id))
        {
            Renew();
        }
    }

    public void CreateKey()
    {
        var now = LibraryNow;
        Try(() => Keys.CreateNewKey(now, now + Lifetime));
        Renew();
    }

    public void Prepare()
    {
        var now = LibraryNow;
        if (!Try(Keys.GetAllKeys).Any(key => !key.IsRevoked && key.ActivationDate <= now && key.ExpirationDate > now + Ending))
        {
            CreateKey();
        }
    }

    /// <summary>The ring as read last. Whoever holds it can finish with it after it was replaced.</summary>
    public IDataProtectionProvider Provider => Current.Provider;

    /// <summary>Does something with the ring, and says what is wrong with it if that fails for another reason than that a value does not open.</summary>
    public T Try<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (TimeoutException slow)
        {
            throw Late(KeyRingReach.Limit, slow);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or XmlException or InvalidOperationException)
        {
            throw Unusable("cannot be read or written", broken);
        }
    }

    /// <summary>The same for what wraps: no value is at fault there, so whatever fails is the ring.</summary>
    public T TryWrap<T>(Func<T> wrap)
    {
        try
        {
            return Try(wrap);
        }
        catch (CryptographicException broken)
        {
            throw Unusable("does not wrap: it has no good key, and none could be made", broken);
        }
    }

    public void Dispose()
    {
        loaded?.Services.Dispose();
        reach.Dispose();
    }

    public override string ToString() => "***";

    // The library goes by the system's clock.
    private static DateTimeOffset LibraryNow => TimeProvider.System.GetUtcNow();

    private IKeyManager Keys => Current.Services.GetRequiredService<IKeyManager>();

    private Loaded Current
    {
        get
        {
            lock (gate)
            {
                return loaded ??= Load();
            }
        }
    }

    // What was replaced is left to the garbage collector: somebody may be in the middle of using it.
    private void Renew()
    {
        lock (gate)
        {
            loaded = Load();
        }
    }

    private void Check(bool mustHoldKeys)
    {
        Try(() => reach.Run(() =>
        {
            place.Prepare();
            return true;
        }));
        var keys = Try(Keys.GetAllKeys);
        if (keys.Count == 0 && mustHoldKeys)
        {
            throw Unusable("holds no key, and what is in the store was wrapped by one", null);
        }

        foreach (var key in keys)
        {
            Demand(key);
        }

        Prepare();
        TryWrap(() =>
        {
            var probe = Current.Provider.CreateProtector("touchstage.probe.v1");
            return probe.Unprotect(probe.Protect([1]));
        });
    }

    private void Demand(IKey key)
    {
        try
        {
            if (key.CreateEncryptor() is not null)
            {
                return;
            }
        }
        catch (Exception closed) when (closed is CryptographicException or InvalidOperationException)
        {
            throw new StoreException(
                StoreException.KeyCertificate,
                $"The key {key.KeyId:D} of the ring {place.Name} does not open: the certificate that wrapped it was not named, so nothing runs. Name it beside the newer ones: --key-certificate file:PATH or env:NAME, as often as needed.",
                closed);
        }

        throw Unusable($"holds a key that does not open ({key.KeyId:D})", null);
    }

    private Loaded Load()
    {
        IReadOnlyList<X509Certificate2> wrapping = certificates.AreNamed ? Try(() => reach.Run(() => certificates.ReadAsync(CancellationToken.None).GetAwaiter().GetResult())) : [];
        var services = new ServiceCollection();
        var builder = services.AddDataProtection().SetApplicationName("touchstage");
        // Invariant: the library never makes a key of its own accord. It would do so in the middle of wrapping, which may be inside a write transaction, and a ring in the store writes too.
        services.Configure<KeyManagementOptions>(options => (options.XmlRepository, options.AutoGenerateKeys) = (new KeyRingKeys(place, reach), false));
        if (wrapping is [var first, ..])
        {
            builder.ProtectKeysWithCertificate(first).UnprotectKeysWithAnyCertificate([.. wrapping]);
        }

        var built = services.BuildServiceProvider();
        var keys = Try(() => built.GetRequiredService<IKeyManager>().GetAllKeys());
        return new(built, built.GetRequiredService<IDataProtectionProvider>(), [.. keys.Select(key => key.KeyId)]);
    }

    private static Guid? KeyIdOf(ReadOnlySpan<byte> wrapped) =>
        wrapped.Length > HeadBytes && BinaryPrimitives.ReadUInt32BigEndian(wrapped) == Magic ? new Guid(wrapped[sizeof(uint)..HeadBytes]) : null;

    private StoreException Late(TimeSpan limit, TimeoutException slow) => Unusable($"did not answer within {limit.TotalSeconds:0} seconds", slow);

    private StoreException Unusable(string what, Exception? inner) => new(
        StoreException.KeyRing,
        $"The key ring {place.Name} {what}, so nothing that is sealed opens, and nothing runs. Restore it from its own backup, name its place with --key-ring, or mend its permissions.",
        inner);

    private sealed record Loaded(ServiceProvider Services, IDataProtectionProvider Provider, HashSet<Guid> KeyIds);
}
