using System.Collections.Immutable;
using System.Text.Json;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>Tenants for tests.</summary>
internal static class Tenants
{
    public static Tenant Acme(ConnectionAuth? auth = null) => new(
        TenantId.Parse("acme"),
        "Acme",
        Json("{}"),
        ["billing/*"],
        ImmutableSortedDictionary<string, Connection>.Empty.Add(
            "billing", new("billing", "https://api.example", "https://api.example", IsPrivateNetwork: false, auth ?? new(ConnectionAuth.StepToken, ImmutableSortedDictionary<string, string>.Empty))),
        ImmutableSortedDictionary<string, Webhook>.Empty,
        [],
        "sha256:a");

    public static JsonElement Json(string text) => JsonElement.Parse(text);
}
