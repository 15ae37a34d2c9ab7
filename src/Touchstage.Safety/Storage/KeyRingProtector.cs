using Microsoft.AspNetCore.DataProtection;

namespace Touchstage.Safety.Storage;

/// <summary>Protects and unprotects with the ring as it is at that moment.</summary>
internal sealed class KeyRingProtector(KeyRing ring, string[] purposes) : IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => new KeyRingProtector(ring, [.. purposes, purpose]);

    public byte[] Protect(byte[] plaintext) => ring.TryWrap(() => Inner().Protect(plaintext));

    public byte[] Unprotect(byte[] protectedData)
    {
        ring.Demand(protectedData);
        return ring.Try(() => Inner().Unprotect(protectedData));
    }

    private IDataProtector Inner() => ring.Provider.CreateProtector(purposes);
}
