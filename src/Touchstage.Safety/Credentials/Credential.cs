using System.Security.Cryptography.X509Certificates;
using System.Text;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Tenants;
using Touchstage.StepTokens;

namespace Touchstage.Safety.Credentials;

/// <summary>What authenticates one request to an API, in the place where that API looks for it. Prints as <c>***</c>.</summary>
internal sealed class Credential : IDisposable
{
    private readonly ConnectionAuth auth;
    private readonly Secret secret;

    private Credential(ConnectionAuth auth, Secret secret) => (this.auth, this.secret) = (auth, secret);

    /// <summary>The credential of a connection; from here on the secret is its own.</summary>
    public static Credential Of(ConnectionAuth auth, Secret secret) => new(auth, secret);

    /// <summary>The header that carries it, or null if it is carried elsewhere.</summary>
    public HeaderField? RevealHeader() => auth.Type switch
    {
        ConnectionAuth.Bearer or ConnectionAuth.ClientCredentials or ConnectionAuth.AuthorizationCode or ConnectionAuth.TokenExchange =>
            new(StepTokenNames.AuthorizationHeader, "Bearer " + secret.RevealText()),
        ConnectionAuth.Basic => new(StepTokenNames.AuthorizationHeader, "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(UserPass()))),
        ConnectionAuth.ApiKey when auth[AuthParameter.Header] is { } header => new(header, secret.RevealText()),
        ConnectionAuth.ApiKey or ConnectionAuth.MutualTls => null,
        _ => throw new InvalidOperationException("The connection's kind of authentication is not one of ours."),
    };

    /// <summary>The target with the key as its last parameter, for an API that looks for it there; else the target as it is.</summary>
    public string RevealTarget(string uri) => auth.Type is ConnectionAuth.ApiKey && auth[AuthParameter.Query] is { } parameter
        ? $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString(secret.RevealText())}"
        : uri;

    /// <summary>The client certificate, or null. Whoever asks disposes of it.</summary>
    public X509Certificate2? RevealCertificate()
    {
        if (auth.Type is not ConnectionAuth.MutualTls)
        {
            return null;
        }

        var pem = secret.RevealText();
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    /// <summary>What must not come back in an answer: the secret, and what it was sent as.</summary>
    public IEnumerable<string> RevealTexts() => auth.Type switch
    {
        ConnectionAuth.Basic => [secret.RevealText(), UserPass()],
        // The lines of the key; those of the certificate are public.
        ConnectionAuth.MutualTls => KeyLines(secret.RevealText()),
        _ => [secret.RevealText()],
    };

    /// <inheritdoc/>
    public void Dispose() => secret.Dispose();

    /// <inheritdoc/>
    public override string ToString() => "***";

    private string UserPass() => $"{auth[AuthParameter.Username]}:{secret.RevealText()}";

    private static IEnumerable<string> KeyLines(string pem)
    {
        var isKey = false;
        foreach (var line in pem.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("-----", StringComparison.Ordinal))
            {
                isKey = line.Contains("PRIVATE KEY", StringComparison.Ordinal) && line.StartsWith("-----BEGIN", StringComparison.Ordinal);
            }
            else if (isKey && line.Length >= 16)
            {
                yield return line;
            }
        }
    }
}
