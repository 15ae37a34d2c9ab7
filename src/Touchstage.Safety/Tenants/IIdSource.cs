namespace Touchstage.Safety.Tenants;

/// <summary>The one source of ids.</summary>
internal interface IIdSource
{
    /// <summary>A new id: the prefix, <c>_</c> and 24 characters of 120 random bits.</summary>
    /// <param name="prefix">What it names: <c>ses</c>, <c>apr</c>, <c>stp</c>.</param>
    string Next(string prefix);
}
