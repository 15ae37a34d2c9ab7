namespace Touchstage.Safety.Schemas.Formats;

/// <summary>Unicode's classes of direction, those that characters of names have: left to right, right to left, Arabic letter, and so on.</summary>
internal enum BidiClass
{
    L,
    R,
    AL,
    AN,
    EN,
    ES,
    ON,
    BN,
    NSM,
}
