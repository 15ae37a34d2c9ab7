using System.Diagnostics.CodeAnalysis;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>A connection's secret: 8 to 4,096 visible ASCII characters, spaces inside only. Prints as <c>***</c>.</summary>
internal sealed class Secret
{
    // Shorter ones could be guessed, and could not be taken out of an answer without taking half of it along.
    private const int MinLength = 8;
    private const int MaxLength = 4_096;

    private readonly string value;

    private Secret(string value) => this.value = value;

    /// <summary>Reads the secret; the one line break that an editor or <c>echo</c> leaves behind is not part of it.</summary>
    public static bool TryRead(string given, [NotNullWhen(true)] out Secret? secret, [NotNullWhen(false)] out string? problem)
    {
        var text = given.EndsWith("\r\n", StringComparison.Ordinal) ? given[..^2] : given.EndsWith('\n') ? given[..^1] : given;
        problem = text.Length == 0 ? "The secret is empty."
            : text.Length is < MinLength or > MaxLength ? $"A secret has {MinLength} to {MaxLength} characters."
            : text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "A secret is visible ASCII in one line: this one holds a line break, a control character or another alphabet."
            : text[0] == ' ' || text[^1] == ' ' ? "The secret begins or ends with a space."
            : null;
        secret = problem is null ? new(text) : null;
        return secret is not null;
    }

    /// <summary>Where a connection's secret is sealed for: it opens nowhere else.</summary>
    public static SealedPlace PlaceOf(string connection) => new("secret", connection, connection);

    /// <summary>The secret itself.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
