using System.Text.Json.Nodes;
using Touchstage.Safety;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions.Tokens;

namespace Touchstage.Mcp.Sessions;

/// <summary>What clients are told of this server as a protected resource of OAuth 2: its metadata (RFC 9728) and its challenges (RFC 6750). Without an issuer it is none.</summary>
internal sealed class ProtectedResource(SafetyOptions options)
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";
    private const string Realm = "Bearer realm=\"touchstage\"";

    private readonly TokenOptions tokens = options.Tokens;

    /// <summary>Whether access tokens are taken.</summary>
    public bool TakesTokens => tokens.Issuers.Count > 0;

    /// <summary>Where the metadata is: at the root, and where clients look that insert the well-known part before the path that they know, here or in front of a proxy.</summary>
    public IReadOnlyList<string> Paths => TakesTokens ? [.. new[] { WellKnown, $"{WellKnown}/mcp", WellKnown + Resource.AbsolutePath }.Distinct(StringComparer.Ordinal)] : [];

    /// <summary>The metadata: a JSON object.</summary>
    public string Metadata
    {
        get
        {
            var metadata = new JsonObject
            {
                ["resource"] = tokens.Resource,
                ["authorization_servers"] = Texts(tokens.Issuers.Select(issuer => issuer.Issuer).Distinct(StringComparer.Ordinal)),
                ["bearer_methods_supported"] = Texts(["header"]),
                ["resource_name"] = "Touchstage",
            };
            if (tokens.KindClaim is null)
            {
                metadata["scopes_supported"] = Texts([tokens.AgentScope, tokens.ApproverScope]);
            }

            return metadata.ToJsonString();
        }
    }

    private Uri Resource => new(tokens.Resource!);

    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    /// <param name="request">What is refused.</param>
    /// <param name="error">What is wrong with its key or token, or null if it has none.</param>
    /// <param name="why">The same for people, or null.</param>
    public string Challenge(HttpRequest request, string? error, Refusal? why)
    {
        var said = error is null ? "" : $", error=\"{error}\"";
        if (!TakesTokens)
        {
            return Realm + said;
        }

        var scope = tokens.KindClaim is null ? $", scope=\"{ScopeFor(request)}\"" : "";
        var description = error is null || why is null ? "" : $", error_description=\"{Quotable(why.Reason)}\"";
        return $"{Realm}{said}{scope}, resource_metadata=\"{Resource.GetLeftPart(UriPartial.Authority)}{WellKnown}{Resource.AbsolutePath}\"{description}";
    }

    // A client asks its authorization server for what the challenge names. The address says what the person configured it for; only the token says what it is.
    private string ScopeFor(HttpRequest request) => request.Query["kind"] == "approver" ? tokens.ApproverScope : tokens.AgentScope;

    // RFC 6750, section 3: what may stand in a description.
    private static string Quotable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? c : '\''));

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
