namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>One thing that is wrong with a manifest, told so that its author can mend it.</summary>
/// <param name="File">The file as it was named when it was read: relative to the capabilities folder, or as given on the command line.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Path">Where in the manifest: a JSON Pointer (RFC 6901), empty for the whole.</param>
/// <param name="Message">What is wrong. May hold line feeds where it shows the source.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record ManifestProblem(string File, int Line, int Column, string Path, string Message, string Fix)
{
    /// <summary>The problem as an editor's problem matcher reads it: <c>file:line:column: message</c>, then the fix on a line of its own.</summary>
    /// <returns>Two lines or more, without a trailing line feed.</returns>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}\n  fix: {Fix}";
}
