namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>What came of holding an instance against a schema.</summary>
/// <param name="Fits">Whether it fits; null if it could not be held against it.</param>
/// <param name="Why">Then why not.</param>
internal sealed record Verdict(bool? Fits, string Why)
{
    public override string ToString() => Fits switch { true => "fits", false => "does not fit", null => Why };
}
