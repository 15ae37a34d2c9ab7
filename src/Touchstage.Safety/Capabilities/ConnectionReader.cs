using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads a tenant's <c>connections</c>. A secret is never among what is read.</summary>
internal static class ConnectionReader
{
    /// <summary>Keys under which people write secrets into files.</summary>
    public static readonly IReadOnlyList<string> SecretKeys = ["secret", "token", "key", "password", "api_key", "client_secret", "value"];

    public static ImmutableSortedDictionary<string, Connection> Read(ManifestSection root)
    {
        var connections = ImmutableSortedDictionary.CreateBuilder<string, Connection>(StringComparer.Ordinal);
        root.Require("connections");
        var section = root.Section("connections");
        foreach (var name in section?.Keys ?? [])
        {
            // A colon marks other secrets than those of connections.
            if (name.Contains(':', StringComparison.Ordinal))
            {
                section!.ReportKey(name, $"`{name}` is not a name for a connection.", "use a-z, 0-9, - and _.");
            }

            if (section!.Section(name) is { } connection)
            {
                connections.Add(name, ReadOne(name, connection));
            }
        }

        return connections.ToImmutable();
    }

    private static Connection ReadOne(string name, ManifestSection connection)
    {
        var isPrivate = connection.Word("network", "public", "public", "private") == "private";
        var baseUrl = ReachableUrl.Read(connection, "baseUrl", isPrivate).TrimEnd('/');
        var audience = connection.Text("audience");
        var auth = ConnectionAuthReader.Read(connection, isPrivate);
        connection.Done();
        if (auth.Type is ConnectionAuth.StepToken or ConnectionAuth.TokenExchange && audience is null)
        {
            connection.Document.Report(
                connection.Pointer, "The connection authenticates with step tokens, but declares no `audience`.",
                "add `audience: …`, the trust domain that the API is configured with.");
        }

        return new(name, baseUrl, audience, isPrivate, auth);
    }
}
