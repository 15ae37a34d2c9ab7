using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>What a secret must look like, so that a wrong one is found when it is set and not when it is used.</summary>
internal abstract class SecretForm
{
    private static readonly SecretForm Key = new KeyForm();
    private static readonly SecretForm Certificate = new CertificateForm();

    /// <summary>8 to 4,096 visible ASCII characters in one line, spaces inside only.</summary>
    public static readonly SecretForm Text = new TextForm();

    /// <summary>The most bytes that any form takes: a certificate with its chain and key.</summary>
    public const int MaxBytes = 65_536;

    /// <summary>The form of a connection's secret.</summary>
    public static SecretForm Of(ConnectionAuth auth) =>
        auth.Type == ConnectionAuth.MutualTls ? Certificate
        : auth.UsesOAuth && auth[AuthParameter.ClientAuthentication] == ClientAuthentication.PrivateKeyJwt ? Key
        : Text;

    /// <summary>What is wrong with it, in one sentence that repeats nothing of it; null if nothing is.</summary>
    public abstract string? Problem(ReadOnlySpan<byte> given);

    private sealed class TextForm : SecretForm
    {
        // Shorter ones could be guessed, and could not be taken out of an answer without taking half of it along.
        private const int Min = 8;
        private const int Max = 4_096;

        public override string? Problem(ReadOnlySpan<byte> given) =>
            given.Length == 0 ? "The secret is empty."
            : given.Length is < Min or > Max ? $"A secret has {Min} to {Max} characters."
            : given.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? "A secret is visible ASCII in one line: this one holds a line break, a control character or another alphabet."
            : given[0] == ' ' || given[^1] == ' ' ? "The secret begins or ends with a space."
            : null;
    }

    private sealed class KeyForm : SecretForm
    {
        public override string? Problem(ReadOnlySpan<byte> given)
        {
            if (given.Length > MaxBytes)
            {
                return "The key is too long.";
            }

            try
            {
                using var key = ClientKey.Read(given);
                return null;
            }
            catch (CryptographicException)
            {
                return "The connection authenticates by private_key_jwt, so its secret is a private key in PEM without a password: EC P-256, or RSA of 2,048 bits or more.";
            }
        }
    }

    private sealed class CertificateForm : SecretForm
    {
        public override string? Problem(ReadOnlySpan<byte> given)
        {
            try
            {
                var text = given.Length > MaxBytes ? "" : Encoding.UTF8.GetString(given);
                using var certificate = X509Certificate2.CreateFromPem(text, text);
                return null;
            }
            catch (Exception broken) when (broken is CryptographicException or ArgumentException)
            {
                return "The connection authenticates by mutual_tls, so its secret is a certificate and its private key without a password, one after the other in PEM.";
            }
        }
    }
}
