using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads an address that the server will connect to: https unless in a private network, written the way it is sent, and nothing secret in it.</summary>
internal static class ReachableUrl
{
    /// <summary>The address without a query or fragment; what is wrong with it is reported.</summary>
    public static string Read(ManifestSection section, string key, bool isPrivate)
    {
        var text = section.RequiredText(key);
        if (text.Length == 0)
        {
            return text;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not "https" and not "http" || url.Host.Length == 0)
        {
            section.Report(key, $"`{key}` is not an absolute https URL.", "write https://host/path.");
            return text;
        }

        if (url.Scheme == "http" && !isPrivate)
        {
            section.Report(key, $"`{key}` must be https.", "use https; http goes only with `network: private`, which the operator must open too.");
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 || text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal))
        {
            section.Report(
                key, $"`{key}` has user information, a query or a fragment.",
                "write scheme, host, port and path alone; secrets are set with `touchstage secret set`.");
            return text;
        }

        var exact = url.AbsoluteUri.TrimEnd('/');
        if (exact != text.TrimEnd('/') || text.Contains('%', StringComparison.Ordinal) || !System.Text.Ascii.IsValid(text))
        {
            section.Report(key, $"`{key}` is not written the way it is sent.", $"write {exact}");
        }

        return text;
    }
}
