using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Credentials;

/// <summary>Why a connection does not open, or a secret is not kept.</summary>
internal static class CredentialRefusals
{
    public static readonly RefusalCode MissingSecret =
        RefusalCode.Define("missing_secret", "The connection or webhook needs a secret, or the connection an audience for its step token, that the tenant does not have.");

    public static readonly RefusalCode Unreadable =
        RefusalCode.Define("secret_unreadable", "The secret of a connection or webhook does not open: it was changed, copied from elsewhere, or its key is gone.");

    public static readonly RefusalCode InvalidSecret =
        RefusalCode.Define("invalid_secret", "A secret is not one that its connection or webhook can use.");

    public static readonly RefusalCode NotKept = RefusalCode.Define("secret_not_kept", "A secret could not be stored.");

    public static Refusal Of(SecretFault fault) => fault switch
    {
        SecretFault.Missing => Missing(),
        SecretFault.NothingThere => NothingThere(),
        _ => DoesNotOpen(),
    };

    public static Refusal Missing() =>
        new(MissingSecret, "The connection has no secret yet, so nothing was sent. The operator sets it: touchstage secret set TENANT CONNECTION.");

    public static Refusal NothingToRemove(TenantId tenant) => new(MissingSecret, $"Tenant {tenant} has no secret of that name. touchstage secret list {tenant} names them all.");

    public static Refusal NoToken() =>
        new(MissingSecret, "The connection authenticates by step token but names no audience, so nothing was sent. The operator adds the audience to the tenant's manifest.");

    public static Refusal DoesNotOpen() =>
        new(Unreadable, "The connection's secret could not be opened, so nothing was sent. The operator sets it anew: touchstage secret set TENANT CONNECTION.");

    public static Refusal NothingThere() =>
        new(Unreadable, "The connection's secret is kept outside the store, and there is none there that it can use, so nothing was sent. The operator mends it: touchstage doctor says where.");

    public static Refusal MissingOf(Webhook webhook) =>
        new(MissingSecret, $"The webhook has no secret yet, so nothing was sent. The operator sets it: touchstage secret set TENANT {webhook.SecretName}.");

    public static Refusal UnfitFor(Webhook webhook) =>
        new(Unreadable, $"The webhook's secret does not open or does not fit the manifest, so nothing was sent. The operator sets it anew: touchstage secret set TENANT {webhook.SecretName}.");

    public static Refusal Invalid(string reason) => new(InvalidSecret, reason);

    public static Refusal CouldNotKeep(TenantId tenant) => new(NotKept, $"The secret could not be stored for tenant {tenant}. Nothing was kept: touchstage doctor says what is wrong.");
}
