using System.Collections.Immutable;

namespace Touchstage.Safety.Tenants;

/// <summary>How an OAuth client authenticates at the token endpoint, in the words of RFC 7591, section 2, and OpenID Connect Core, section 9.</summary>
internal static class ClientAuthentication
{
    /// <summary>The client's id and secret as <c>Authorization: Basic</c>.</summary>
    public const string SecretBasic = "client_secret_basic";

    /// <summary>The client's id and secret in the form.</summary>
    public const string SecretPost = "client_secret_post";

    /// <summary>A JWT signed with the client's key (RFC 7523); the secret is the key, in PEM.</summary>
    public const string PrivateKeyJwt = "private_key_jwt";

    /// <summary>A public client, which only a person's consent and PKCE protect.</summary>
    public const string None = "none";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [SecretBasic, SecretPost, PrivateKeyJwt, None];
}
