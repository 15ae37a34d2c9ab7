using System.Collections.Frozen;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>A refusal as it is kept for those who waited for the same attempt. Rows are not trusted: what is read back is one of this program's own refusals, or the plain one.</summary>
internal static class StoredRefusal
{
    private static readonly FrozenDictionary<string, Refusal> Known = All().ToFrozenDictionary(Write, StringComparer.Ordinal);

    public static string Write(Refusal refusal) => $"{refusal.Code.Value} {refusal.Reason}";

    public static Refusal Read(string stored) => Known.TryGetValue(stored, out var known) ? known : OAuthRefusals.Elsewhere();

    private static Refusal[] All() =>
    [
        OAuthRefusals.NotAuthorizedYet(), OAuthRefusals.Redirected(), OAuthRefusals.Rubbish(), OAuthRefusals.OtherIssuer(), OAuthRefusals.TokenType(), OAuthRefusals.Expired(),
        OAuthRefusals.Unreadable(), OAuthRefusals.Elsewhere(),
        .. Enum.GetValues<EgressFault>().Select(OAuthRefusals.Failed).DistinctBy(Write, StringComparer.Ordinal),
        .. Enumerable.Range(100, 500).Select(OAuthRefusals.Status),
        .. OAuthRefusals.KnownErrors.Append("").Select(OAuthRefusals.Error),
        .. Enum.GetValues<SecretFault>().Select(CredentialRefusals.Of).DistinctBy(Write, StringComparer.Ordinal),
    ];
}
