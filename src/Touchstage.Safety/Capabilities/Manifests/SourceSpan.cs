using System.Runtime.InteropServices;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>Where a key or a value stands in its file; lines and columns from 1, the end exclusive.</summary>
/// <param name="Line">First line.</param>
/// <param name="Column">First column.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">The column after the last character.</param>
/// <param name="IsPlain">Whether it is a scalar without quotes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SourceSpan(int Line, int Column, int EndLine, int EndColumn, bool IsPlain);
