using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>
/// The secret of a connection, in memory that is neither moved nor copied and is cleared when it is disposed of. What HTTP and OAuth libraries take is text, and text cannot be
/// cleared: it is made as late as can be, and dropped. Prints as <c>***</c>.
/// </summary>
internal sealed class Secret : IDisposable
{
    private readonly byte[] bytes;

    private Secret(byte[] bytes) => this.bytes = bytes;

    /// <summary>Takes bytes over that came out of a box.</summary>
    public static Secret Own(byte[] pinned) => new(pinned);

    /// <summary>Copies bytes.</summary>
    public static Secret Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return new(copy);
    }

    /// <summary>Copies text.</summary>
    public static Secret Of(string text)
    {
        var copy = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text), pinned: true);
        Encoding.UTF8.GetBytes(text, copy);
        return new(copy);
    }

    /// <summary>Reads what was given, in the form that is needed.</summary>
    public static bool TryRead(SecretForm form, ReadOnlySpan<byte> given, [NotNullWhen(true)] out Secret? secret, [NotNullWhen(false)] out string? problem)
    {
        var text = WithoutLineBreak(given);
        problem = form.Problem(text);
        secret = null;
        if (problem is null)
        {
            secret = Copy(text);
        }

        return secret is not null;
    }

    /// <summary>Where a connection's secret is sealed for: it opens nowhere else, and what proves an OAuth client never opens as what an API takes.</summary>
    public static SealedPlace PlaceOf(string connection, ConnectionAuth auth) => new(auth.SecretIsClients ? "oauth_client" : "secret", connection, connection);

    /// <summary>Every place that something kept under this name may be sealed for.</summary>
    public static IEnumerable<SealedPlace> PlacesOf(string name) => name.StartsWith(Webhook.SecretPrefix, StringComparison.Ordinal)
        ? [WebhookSecret.PlaceOf(name[Webhook.SecretPrefix.Length..])]
        : [new("secret", name, name), new("oauth_client", name, name)];

    /// <summary>The bytes; good until this is disposed of.</summary>
    public ReadOnlySpan<byte> Reveal() => bytes;

    /// <summary>The bytes as text.</summary>
    public string RevealText() => Encoding.UTF8.GetString(bytes);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    /// <inheritdoc/>
    public override string ToString() => "***";

    // The one line break that an editor or `echo` leaves behind is not part of it.
    private static ReadOnlySpan<byte> WithoutLineBreak(ReadOnlySpan<byte> given) => given.EndsWith("\r\n"u8) ? given[..^2] : given.EndsWith("\n"u8) ? given[..^1] : given;
}
