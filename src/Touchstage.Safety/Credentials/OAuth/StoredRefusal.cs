using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Credentials.OAuth;

/// <summary>A refusal as it is kept for those who waited for the same attempt. What a changed row says is no more than its reason.</summary>
internal static class StoredRefusal
{
    public static string Write(Refusal refusal) => $"{refusal.Code.Value} {refusal.Reason}";

    public static Refusal Read(string stored)
    {
        var space = stored.IndexOf(' ', StringComparison.Ordinal);
        var (code, reason) = space < 0 ? ("", stored) : (stored[..space], stored[(space + 1)..]);
        return new(code == OAuthRefusals.NotAuthorized.Value ? OAuthRefusals.NotAuthorized : OAuthRefusals.Unavailable, reason);
    }
}
