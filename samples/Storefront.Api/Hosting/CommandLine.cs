using System.Diagnostics.CodeAnalysis;
using System.Net;
using Storefront.Api.Accounts;

namespace Storefront.Api.Hosting;

/// <summary>Reads the command line; tells everything that is wrong with it at once.</summary>
internal static class CommandLine
{
    public const string Usage =
        "Storefront.Api --urls http://127.0.0.1:PORT --data FILE.db --issuer ISSUER --jwks URL --audience AUDIENCE --accounts FILE.json [--public-url URL] [--owner-key-env NAME]";

    private static readonly string[] Required = ["--urls", "--data", "--issuer", "--jwks", "--audience", "--accounts"];
    private static readonly string[] Optional = ["--public-url", "--owner-key-env"];

    public static bool TryRead(string[] arguments, [NotNullWhen(true)] out StorefrontOptions? options, out IReadOnlyList<string> errors)
    {
        var problems = new List<string>();
        var given = Pairs(arguments, problems);
        problems.AddRange(Required.Where(name => !given.ContainsKey(name)).Select(name => $"{name} is missing."));
        var url = Address(given, problems);
        var jwks = Absolute(given, "--jwks", problems);
        _ = Absolute(given, "--public-url", problems);
        var ownerKey = OwnerKey(given, problems);
        var accounts = Accounts(given, problems);
        errors = problems;
        options = problems.Count > 0 ? null : new StorefrontOptions
        {
            Url = url!,
            DataFile = given["--data"],
            Issuer = given["--issuer"],
            JwksUri = jwks,
            PublicUrl = given.GetValueOrDefault("--public-url"),
            Audience = given["--audience"],
            Accounts = accounts,
            OwnerKey = ownerKey,
        };
        return options is not null;
    }

    private static Dictionary<string, string> Pairs(string[] arguments, List<string> problems)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var name = arguments[i];
            if (!Required.Contains(name, StringComparer.Ordinal) && !Optional.Contains(name, StringComparer.Ordinal))
            {
                problems.Add($"'{name}' is not an option.");
                break;
            }

            if (i + 1 == arguments.Length || arguments[i + 1].Length == 0)
            {
                problems.Add($"{name} needs a value.");
            }
            else if (!given.TryAdd(name, arguments[i + 1]))
            {
                problems.Add($"{name} is given twice.");
            }
        }

        return given;
    }

    private static Uri? Address(Dictionary<string, string> given, List<string> problems)
    {
        if (!given.TryGetValue("--urls", out var text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/"
            && (url.IdnHost == "localhost" || IPAddress.TryParse(url.IdnHost, out _)))
        {
            return url;
        }

        problems.Add($"--urls must be one address such as http://127.0.0.1:5300, not '{text}'.");
        return null;
    }

    private static Uri? Absolute(Dictionary<string, string> given, string name, List<string> problems)
    {
        if (!given.TryGetValue(name, out var text))
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"))
        {
            return url;
        }

        problems.Add($"{name} must be an absolute http or https URL, not '{text}'.");
        return null;
    }

    private static string? OwnerKey(Dictionary<string, string> given, List<string> problems)
    {
        if (!given.TryGetValue("--owner-key-env", out var variable))
        {
            return null;
        }

        var key = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(key))
        {
            problems.Add($"--owner-key-env names the environment variable '{variable}', which is not set.");
        }

        return key;
    }

    private static IReadOnlyList<Account> Accounts(Dictionary<string, string> given, List<string> problems)
    {
        try
        {
            return given.TryGetValue("--accounts", out var file) ? AccountFile.Read(file) : [];
        }
        catch (FormatException broken)
        {
            problems.Add(broken.Message);
            return [];
        }
    }
}
