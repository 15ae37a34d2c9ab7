using System.Buffers.Text;
using System.Security.Cryptography;

namespace Touchstage.Mcp.Demo;

/// <summary>The product's own keys, made anew for every run. Whoever finds one where it does not belong knows it by its beginning.</summary>
internal sealed class DemoSecrets
{
    /// <summary>How every key of the sample product begins.</summary>
    public const string Mark = "sk_demo_";

    private const int Bytes = 24;

    public string AcmeApiKey { get; } = New("acme");

    public string GlobexClientSecret { get; } = New("globex");

    public string OwnerKey { get; } = New("owner");

    public IEnumerable<string> All => [AcmeApiKey, GlobexClientSecret, OwnerKey];

    /// <inheritdoc/>
    public override string ToString() => "***";

    private static string New(string whose) => $"{Mark}{whose}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}";
}
