namespace Touchstage.Safety.Storage;

/// <summary>The kinds of changes in the feed.</summary>
internal static class ChangeKind
{
    public const string Approval = "approval";
    public const string Step = "step";
    public const string Tenant = "tenant";
    public const string Session = "session";
    public const string Secret = "secret";
    public const string IntrospectionClient = "introspection_client";
    public const string Webhook = "webhook";
    public const string Ledger = "ledger";
}
