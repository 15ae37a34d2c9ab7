namespace Touchstage.Safety.Schemas.Formats;

/// <summary>How a letter joins its neighbours in a cursive script: not, on its left, on its right, on both sides; or it is transparent to joining.</summary>
internal enum JoiningType
{
    U,
    L,
    R,
    D,
    T,
}
