using System.Text;
using System.Text.RegularExpressions;

namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>Looks for secrets in what left a process or stayed on disk.</summary>
internal sealed partial class Canaries
{
    private readonly HashSet<string> secrets = new(StringComparer.Ordinal);

    /// <summary>Adds a secret to look for, and gives it back.</summary>
    public string Add(string secret)
    {
        lock (secrets)
        {
            secrets.Add(secret);
        }

        return secret;
    }

    /// <summary>Where a secret, or a token of any kind, was found; names the place and never the secret.</summary>
    public IReadOnlyList<string> FoundIn(IEnumerable<(string Place, byte[] Content)> places)
    {
        string[] known;
        lock (secrets)
        {
            known = [.. secrets];
        }

        return [.. places.SelectMany(place => FoundIn(place.Place, Encoding.Latin1.GetString(place.Content), known))];
    }

    /// <summary>Every file below a folder, as it is now.</summary>
    public static IEnumerable<(string Place, byte[] Content)> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (file, ReadShared(file))) : [];

    private static IEnumerable<string> FoundIn(string place, string content, string[] known)
    {
        foreach (var secret in known)
        {
            var (plain, encoded) = (secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='));
            if (content.Contains(plain, StringComparison.Ordinal) || content.Contains(encoded, StringComparison.Ordinal))
            {
                yield return $"{place}: a secret that begins with {secret[..Math.Min(8, secret.Length)]}";
            }
        }

        foreach (var match in Token().Matches(content).Cast<Match>())
        {
            yield return $"{place}: a token at {match.Index}";
        }
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    // Session keys, secrets of introspection clients, the sample product's access tokens, and JWTs: every one begins with the letters of '{"'. Signed votes are no secret.
    [GeneratedRegex(@"ts_(?:agent|approver)_[A-Za-z0-9_-]{16,}|ics_[A-Za-z0-9_-]{16,}|sk_access_[A-Za-z0-9_-]{16,}|eyJ(?!0eXAiOiJ0b3VjaHN0YWdlLXZv|hcHByb3ZhbCI6)[A-Za-z0-9_-]{10,}\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();
}
