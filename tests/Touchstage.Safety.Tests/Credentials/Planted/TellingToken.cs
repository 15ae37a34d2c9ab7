using System.Collections.Immutable;

namespace Touchstage.Safety.Tests.Credentials.Planted;

/// <summary>A token as it must not be: readable, and printed.</summary>
internal sealed record TellingToken(string Access, ReadOnlyMemory<byte> Bytes)
{
#pragma warning disable CA1051 // As it must not be.
    public readonly char[] Kept = [.. Access];
#pragma warning restore CA1051

    public ImmutableArray<KeyValuePair<string, string>> Fields { get; } = [];

    internal object Inner => Access;

    public IEnumerable<string> Texts() => [Access];
}
