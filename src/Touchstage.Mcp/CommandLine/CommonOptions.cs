using System.CommandLine;
using System.Text.RegularExpressions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The options that every verb has.</summary>
internal static partial class CommonOptions
{
    public static readonly Option<string?> Data = Common<string?>("--data", "The folder of the store and its keys. Default: TOUCHSTAGE_DATA, else ./data if it exists, else the user's data folder.", "DIR");

    public static readonly Option<string?> Capabilities = Common<string?>("--capabilities", "The folder of the capability manifests. Default: ./capabilities.", "DIR");

    public static readonly Option<string?> Store =
        Common<string?>("--store", "Where the store is: sqlite:PATH, or env:NAME or file:PATH that say so. Default: touchstage.db in the data folder.", "STORE");

    public static readonly Option<string?> KeyRing =
        Common<string?>("--key-ring", "Where the keys lie that open what the store holds sealed: a folder, or store (needs a certificate). Default: TOUCHSTAGE_KEY_RING, else keys in the data folder.", "DIR|store");

    public static readonly Option<string[]> KeyCertificate =
        Common<string[]>("--key-certificate", "A certificate with its RSA private key, PEM or PFX, that wraps the key ring. May be repeated: the first wraps, all unwrap.", "file:PATH|env:NAME");

    public static readonly Option<string?> KeyCertificatePassword = Common<string?>("--key-certificate-password", "Where the password of the certificates' keys is.", "file:PATH|env:NAME");

    public static readonly Option<string[]> AllowNetwork = Common<string[]>("--allow-network", "A private network that upstream calls may reach: CIDR or CIDR:PORT. May be repeated.", "CIDR");

    public static readonly Option<string?> Issuer = Common<string?>("--issuer", "The issuer of step tokens, as the API's owner configured it. Default: touchstage.", "NAME");

    public static readonly Option<bool> Json = Common<bool>("--json", "Write JSON for machines.", null);

    public static readonly Option<bool> Verbose = Common<bool>("--verbose", "Tell all details of an internal error.", null);

    public static readonly IReadOnlyList<Option> All = Checked([Data, Capabilities, Store, KeyRing, KeyCertificate, KeyCertificatePassword, AllowNetwork, Issuer, Json, Verbose]);

    private static Option<T> Common<T>(string name, string description, string? value) => new(name) { Description = description, HelpName = value, Recursive = true };

    private static IReadOnlyList<Option> Checked(IReadOnlyList<Option> options)
    {
        // Other users of the machine see command lines. The value is not repeated here either.
        Store.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Password().IsMatch(text))
            {
                result.AddError("--store holds a password, and a command line is not secret. Put the whole text into an environment variable or a file: --store env:NAME or --store file:PATH.");
            }
        });
        return options;
    }

    [GeneratedRegex(@"(password|passwd|pwd)\s*=|://[^/@]*:[^/@]*@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Password();
}
