using System.Security.Cryptography;

namespace Touchstage.Safety.Tenants;

/// <summary>Ids from the system's random number generator, in letters that cannot be taken for one another.</summary>
internal sealed class RandomIdSource : IIdSource
{
    // 32 characters without i, l, o and u: 24 of them carry 120 bits.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string Next(string prefix) => $"{prefix}_{RandomNumberGenerator.GetString(Alphabet, 24)}";
}
