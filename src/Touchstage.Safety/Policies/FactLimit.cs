using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Policies;

/// <summary>How many facts may be looked up for one principal: a model that proposes and proposes must not probe the API through its policies.</summary>
/// <param name="perMinute">How many a minute; at least 1.</param>
internal sealed class FactLimit(int perMinute)
{
    /// <summary>One look-up's use of it.</summary>
    public LimitUse UseOf(Principal principal) => new(
        $"facts:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(principal.Key)))}",
        1,
        perMinute,
        TimeSpan.FromMinutes(1),
        IsHard: true,
        RefusesInsteadOfBlocking: true,
        string.Create(CultureInfo.InvariantCulture, $"{perMinute} fact look-ups per minute by caller"));
}
