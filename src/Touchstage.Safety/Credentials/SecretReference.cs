using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Touchstage.Safety.Credentials;

/// <summary>Where a secret is kept that is not in the store: <c>env:NAME</c> or <c>file:PATH</c> (absolute), read whenever it is used. Of itself it is no secret.</summary>
internal sealed record SecretReference
{
    private const string Environment = "env:";
    private const string File = "file:";

    // What no secret begins with. It tells a reference from a secret in an opened box.
    private const byte Mark = 1;

    private readonly string text;

    private SecretReference(string text) => this.text = text;

    /// <summary>Reads a reference as an operator writes it.</summary>
    public static bool TryParse(string given, [NotNullWhen(true)] out SecretReference? reference, [NotNullWhen(false)] out string? problem)
    {
        problem = given.StartsWith(Environment, StringComparison.Ordinal) ? IsVariable(given[Environment.Length..]) ? null : "After env: stands the name of an environment variable."
            : given.StartsWith(File, StringComparison.Ordinal) ? Path.IsPathFullyQualified(given[File.Length..]) ? null : "After file: stands the absolute path of a file."
            : "A reference is env:NAME or file:PATH.";
        reference = problem is null ? new(given) : null;
        return reference is not null;
    }

    /// <summary>The reference in an opened box, or null if the box holds the secret itself.</summary>
    public static SecretReference? In(ReadOnlySpan<byte> opened) => opened is [Mark, .. var rest] ? new(Encoding.UTF8.GetString(rest)) : null;

    /// <summary>What is sealed in place of a secret.</summary>
    public byte[] ToBytes() => [Mark, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>Reads the secret from there; null if there is nothing, or more than a secret may be.</summary>
    public async Task<byte[]?> ReadAsync(Func<string, string?> environment, CancellationToken cancellation)
    {
        if (text.StartsWith(Environment, StringComparison.Ordinal))
        {
            return environment(text[Environment.Length..]) is { Length: > 0 } value ? Encoding.UTF8.GetBytes(value) : null;
        }

        try
        {
            await using var file = new FileStream(text[File.Length..], FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            var read = GC.AllocateUninitializedArray<byte>(SecretForm.MaxBytes + 1, pinned: true);
            var length = await file.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancellation);
            var secret = length is > 0 and <= SecretForm.MaxBytes ? Copy(read.AsSpan(0, length)) : null;
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(read);
            return secret;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    private static byte[] Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return copy;
    }

    private static bool IsVariable(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
