using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Steps.Introspection;

/// <summary>Why a client is not created or taken back.</summary>
internal static class IntrospectionRefusals
{
    public static readonly RefusalCode ClientRefused =
        RefusalCode.Define("introspection_client_refused", "A client for /introspect could not be created or taken back as asked.");

    public static Refusal Client(string reason) => new(ClientRefused, reason);
}
