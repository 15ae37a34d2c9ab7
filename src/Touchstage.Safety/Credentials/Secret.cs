using System.Diagnostics.CodeAnalysis;
using System.Text;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>A connection's secret: 8 to 4,096 visible ASCII characters, spaces inside only. Prints as <c>***</c>.</summary>
internal sealed class Secret
{
    // Shorter ones could be guessed, and could not be taken out of an answer without taking half of it along.
    private const int MinLength = 8;
    private const int MaxLength = 4_096;

    private readonly string text;

    private Secret(string text) => this.text = text;

    /// <summary>Reads the secret; the one line break that an editor or <c>echo</c> leaves behind is not part of it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Secret? secret, [NotNullWhen(false)] out string? problem)
    {
        var bytes = utf8.EndsWith("\r\n"u8) ? utf8[..^2] : utf8.EndsWith("\n"u8) ? utf8[..^1] : utf8;
        problem = bytes.IsEmpty ? "The secret is empty."
            : bytes.Length is < MinLength or > MaxLength ? $"A secret has {MinLength} to {MaxLength} characters."
            : bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? "A secret is visible ASCII in one line: this one holds a line break, a control character or another alphabet."
            : bytes[0] == ' ' || bytes[^1] == ' ' ? "The secret begins or ends with a space."
            : null;
        secret = problem is null ? new(Encoding.ASCII.GetString(bytes)) : null;
        return secret is not null;
    }

    /// <summary>Where a connection's secret is sealed for: it opens nowhere else.</summary>
    public static SealedPlace PlaceOf(string connection) => new("secret", connection, connection);

    /// <summary>The secret itself.</summary>
    public string Reveal() => text;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
