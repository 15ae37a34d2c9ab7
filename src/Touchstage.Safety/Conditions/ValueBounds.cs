using System.Runtime.InteropServices;

namespace Touchstage.Safety.Conditions;

/// <summary>How large a value may be, as far as a schema says; what it does not say is null.</summary>
/// <param name="MaxItems">Elements of a list.</param>
/// <param name="MaxLength">Code points of a text.</param>
/// <param name="MaxProperties">Members of a map.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ValueBounds(long? MaxItems, long? MaxLength, long? MaxProperties);
