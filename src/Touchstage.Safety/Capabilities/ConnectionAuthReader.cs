using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads a connection's <c>auth</c>. A secret is never among what is read.</summary>
internal sealed class ConnectionAuthReader
{
    private readonly ManifestSection auth;
    private readonly bool isPrivate;
    private readonly ImmutableSortedDictionary<string, string>.Builder parameters = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    private ConnectionAuthReader(ManifestSection auth, bool isPrivate) => (this.auth, this.isPrivate) = (auth, isPrivate);

    /// <summary>Reads it; what is wrong is reported.</summary>
    /// <param name="connection">The connection's mapping.</param>
    /// <param name="isPrivate">Whether the connection says <c>network: private</c>; its authorization server follows it unless it says otherwise.</param>
    public static ConnectionAuth Read(ManifestSection connection, bool isPrivate) =>
        connection.Require("auth") && connection.Section("auth") is { } auth ? new ConnectionAuthReader(auth, isPrivate).Read() : new(ConnectionAuth.StepToken, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    private ConnectionAuth Read()
    {
        auth.Require("type");
        var type = auth.Word("type", ConnectionAuth.StepToken, [.. ConnectionAuth.Types]);
        switch (type)
        {
            case ConnectionAuth.ApiKey:
                ReadApiKey();
                break;
            case ConnectionAuth.Basic:
                Keep(AuthParameter.Username, auth.RequiredText(AuthParameter.Username), IsUserId, "it is visible ASCII without a colon (RFC 7617).");
                break;
            case ConnectionAuth.ClientCredentials or ConnectionAuth.AuthorizationCode or ConnectionAuth.TokenExchange:
                ReadOAuth(type);
                break;
        }

        foreach (var secret in auth.Keys.Intersect(ConnectionReader.SecretKeys, StringComparer.Ordinal))
        {
            auth.Has(secret);
            auth.ReportKey(
                secret, "A secret never stands in a manifest.",
                "remove it from the file, replace it where it was issued, and set it with `touchstage secret set TENANT CONNECTION`.");
        }

        auth.Done();
        return new(type, parameters.ToImmutable());
    }

    private void ReadApiKey()
    {
        if (auth.Has(AuthParameter.Query) && !auth.Has(AuthParameter.Header))
        {
            Keep(AuthParameter.Query, auth.Text(AuthParameter.Query), HeaderRules.IsName, "name the API's own query parameter, such as api_key.");
            return;
        }

        if (auth.Has(AuthParameter.Query))
        {
            auth.ReportKey(AuthParameter.Query, "A key goes into a header or into the query, not both.", "remove one of the two; the header is the better one.");
        }

        Keep(
            AuthParameter.Header, auth.RequiredText(AuthParameter.Header).ToLowerInvariant(), name => HeaderRules.IsName(name) && !HeaderRules.IsReserved(name),
            "name the API's own header, such as X-Api-Key; for Authorization use `type: bearer` or `type: basic`.");
    }

    private void ReadOAuth(string type)
    {
        var isPrivateServer = auth.Word(AuthParameter.Network, isPrivate ? "private" : "public", "public", "private") == "private";
        parameters[AuthParameter.Network] = isPrivateServer ? "private" : "public";
        Keep(AuthParameter.ClientId, auth.RequiredText(AuthParameter.ClientId), IsVisible, "it is visible ASCII (RFC 6749, appendix A.1).");
        ReadServer(type, isPrivateServer);
        ReadClientAuthentication(type);
        Keep(AuthParameter.Scope, auth.Text(AuthParameter.Scope), text => text.Split(' ').All(IsScopeToken), "write scope tokens with one space between them (RFC 6749, section 3.3).");
        Keep(AuthParameter.Audience, auth.Text(AuthParameter.Audience), IsVisible, "it is visible ASCII without spaces.");
        Keep(
            AuthParameter.Resource, auth.Text(AuthParameter.Resource), text => IsVisible(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0,
            "write an absolute URI without a fragment (RFC 8707, section 2).");
    }

    private void ReadServer(string type, bool isPrivateServer)
    {
        if (auth.Has(AuthParameter.Issuer))
        {
            parameters[AuthParameter.Issuer] = ReachableUrl.Read(auth, AuthParameter.Issuer, isPrivateServer);
            foreach (var endpoint in ((string[])[AuthParameter.TokenEndpoint, AuthParameter.AuthorizationEndpoint]).Where(auth.Has))
            {
                auth.ReportKey(endpoint, $"`{endpoint}` stands beside `issuer`, which names its endpoints itself.", "remove one of the two.");
            }

            return;
        }

        if (!auth.Has(AuthParameter.TokenEndpoint))
        {
            auth.Document.Report(auth.Pointer, "The connection's authorization server is not named.", "add `issuer: …`, or `token_endpoint: …` where it publishes no metadata.");
            return;
        }

        parameters[AuthParameter.TokenEndpoint] = ReachableUrl.Read(auth, AuthParameter.TokenEndpoint, isPrivateServer);
        if (type == ConnectionAuth.AuthorizationCode)
        {
            parameters[AuthParameter.AuthorizationEndpoint] = ReachableUrl.Read(auth, AuthParameter.AuthorizationEndpoint, isPrivateServer);
        }
    }

    private void ReadClientAuthentication(string type)
    {
        var method = auth.Word(AuthParameter.ClientAuthentication, ClientAuthentication.SecretBasic, [.. ClientAuthentication.All]);
        parameters[AuthParameter.ClientAuthentication] = method;
        if (method == ClientAuthentication.None && type == ConnectionAuth.ClientCredentials)
        {
            auth.Report(AuthParameter.ClientAuthentication, "A client without a secret has no credentials to be granted anything for.", "name another method, or use oauth2_authorization_code.");
        }
    }

    private void Keep(string name, string? value, Func<string, bool> isGood, string fix)
    {
        if (value is not { Length: > 0 })
        {
            return;
        }

        if (!isGood(value))
        {
            auth.Report(name, $"`{value}` cannot be the `{name}`.", fix);
        }

        parameters[name] = value;
    }

    private static bool IsUserId(string text) => IsVisible(text) && !text.Contains(':', StringComparison.Ordinal);

    private static bool IsVisible(string text) => text.Length <= 1_024 && text.All(c => c is > ' ' and < '\x7f');

    private static bool IsScopeToken(string text) => text.Length > 0 && text.All(c => c is > ' ' and < '\x7f' and not '"' and not '\\');
}
