using System.Diagnostics.CodeAnalysis;

namespace Storefront.Api.Endpoints;

/// <summary>Amounts outside are decimals of the currency's main unit, inside whole cents.</summary>
internal static class Money
{
    private const decimal CentsPerUnit = 100m;
    private const decimal Most = 1_000_000_000m;

    public static decimal FromCents(long cents) => cents / CentsPerUnit;

    /// <summary>False for an amount that is not positive, has a fraction of a cent, or is absurdly large.</summary>
    public static bool TryToCents(decimal amount, [NotNullWhen(true)] out long? cents)
    {
        cents = amount is > 0 and <= Most && amount * CentsPerUnit % 1 == 0 ? (long)(amount * CentsPerUnit) : null;
        return cents is not null;
    }
}
