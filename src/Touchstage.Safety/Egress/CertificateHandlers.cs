using System.Security.Cryptography.X509Certificates;

namespace Touchstage.Safety.Egress;

/// <summary>
/// Keeps one handler for each owner and certificate. Invariant: a connection that was authenticated as one owner never carries another's request, so handlers are never
/// shared; one that is in use is never disposed, and one that has no connection left is not kept.
/// </summary>
internal sealed class CertificateHandlers(GuardedHandler handlers, TimeProvider time) : IDisposable
{
    /// <summary>How many idle handlers are kept at most.</summary>
    public const int MaxIdle = 64;

    // A pooled connection lives no longer than this, so that an idle handler is only a private key in memory.
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);

    private readonly Lock access = new();
    private readonly Dictionary<Key, Kept> kept = [];
    private ITimer? sweep;
    private bool isDisposed;

    /// <summary>How many handlers there are, in use or idle.</summary>
    public int Count
    {
        get
        {
            lock (access)
            {
                return kept.Count;
            }
        }
    }

    /// <summary>Takes the handler of this owner and certificate into use until the lease is disposed.</summary>
    public Lease Take(string owner, X509Certificate2 certificate, bool isPrivateNetwork)
    {
        var key = new Key(owner, Convert.ToHexString(certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256)), isPrivateNetwork);
        lock (access)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (!kept.TryGetValue(key, out var one))
            {
                kept[key] = one = new(handlers, certificate, isPrivateNetwork);
            }

            one.Uses++;
            return new(this, one);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (access)
        {
            isDisposed = true;
            sweep?.Dispose();
            foreach (var one in kept.Values)
            {
                one.Dispose();
            }

            kept.Clear();
        }
    }

    private void Return(Kept one)
    {
        lock (access)
        {
            one.Uses--;
            one.LastUsed = time.GetTimestamp();
            if (!isDisposed)
            {
                Sweep();
                sweep ??= time.CreateTimer(_ => SweepLater(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                sweep.Change(Keep, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void SweepLater()
    {
        lock (access)
        {
            if (!isDisposed)
            {
                Sweep();
            }
        }
    }

    private void Sweep()
    {
        var idle = kept.Where(pair => pair.Value.Uses == 0).OrderByDescending(pair => pair.Value.LastUsed).ToList();
        foreach (var (key, one) in idle.Where((pair, place) => place >= MaxIdle || time.GetElapsedTime(pair.Value.LastUsed) >= Keep))
        {
            kept.Remove(key);
            one.Dispose();
        }
    }

    /// <summary>The use of a handler for one request.</summary>
    internal sealed class Lease(CertificateHandlers handlers, Kept one) : IDisposable
    {
        private bool isReturned;

        /// <summary>What sends; it belongs to the handlers.</summary>
        public HttpMessageInvoker Invoker => one.Invoker;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!isReturned)
            {
                isReturned = true;
                handlers.Return(one);
            }
        }
    }

    /// <summary>A handler with its own copy of the certificate, for the caller's may be gone when another connection is made.</summary>
    internal sealed class Kept : IDisposable
    {
        private readonly X509Certificate2 certificate;

        public Kept(GuardedHandler handlers, X509Certificate2 certificate, bool isPrivateNetwork)
        {
            this.certificate = new(certificate);
            Invoker = new(handlers.Create(isPrivateNetwork, this.certificate));
        }

        public HttpMessageInvoker Invoker { get; }

        public int Uses { get; set; }

        public long LastUsed { get; set; }

        public void Dispose()
        {
            Invoker.Dispose();
            certificate.Dispose();
        }
    }

    private sealed record Key(string Owner, string Thumbprint, bool IsPrivateNetwork);
}
