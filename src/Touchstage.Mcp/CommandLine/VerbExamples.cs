using System.Collections.Frozen;

namespace Touchstage.Mcp.CommandLine;

/// <summary>How each verb is typed, for its <c>--help</c>, and where to begin. A test parses every one of them.</summary>
internal static class VerbExamples
{
    private static readonly FrozenDictionary<string, string[]> ByVerb = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] = ["touchstage demo", "touchstage init my-folder", "touchstage approvals approve --help"],
        ["demo"] = ["touchstage demo", "touchstage demo --once"],
        ["init"] = ["touchstage init my-folder"],
        ["import openapi"] = ["touchstage import openapi petstore.yaml --connection petstore", "touchstage import openapi github.json --only 'issues/*' --only 'GET /repos/*' --dry-run"],
        ["serve"] = ["touchstage serve", "TOUCHSTAGE_SESSION=ts_… touchstage serve --stdio", "touchstage serve --http http://0.0.0.0:5210 --behind-proxy --host mcp.example.com"],
        ["check"] = ["touchstage check", "touchstage check --capabilities my-folder/capabilities --json"],
        ["completion"] = ["source <(touchstage completion bash)", "touchstage completion fish > ~/.config/fish/completions/touchstage.fish"],
        ["policy test"] = ["touchstage policy test --strict", "touchstage policy test refund_user"],
        ["policy explain"] = ["touchstage policy explain refund_user --args '{\"payment_id\":\"pay_1\",\"amount\":20}' --as support --facts '{\"customer\":{\"email_verified\":true}}'"],
        ["policy prove"] = ["touchstage policy prove --tenant acme", "touchstage policy prove --against old/capabilities"],
        ["policy eval"] = ["touchstage policy eval --plain --vars '{\"args\":{\"amount\":20}}' 'args.amount < 50'"],
        ["policy simulate"] = ["touchstage policy simulate --capabilities new/capabilities --since 30d --fail-on loosened"],
        ["policy suggest"] = ["touchstage policy suggest --tenant acme --capability refund_user --out refunds.patch"],
        ["schema validate"] = ["echo '{\"schema\":{\"type\":\"integer\"},\"instance\":1}' | touchstage schema validate", "touchstage schema validate pairs.jsonl --input"],
        ["tenant apply"] = ["touchstage tenant apply tenants/acme.yaml"],
        ["tenant list"] = ["touchstage tenant list"],
        ["tenant show"] = ["touchstage tenant show acme"],
        ["tenant delete"] = ["touchstage tenant delete acme --shred"],
        ["secret set"] = ["touchstage secret set acme billing < key.txt", "touchstage secret set acme billing --reference env:BILLING_KEY"],
        ["secret list"] = ["touchstage secret list acme"],
        ["secret remove"] = ["touchstage secret remove acme billing"],
        ["connection authorize"] = ["touchstage connection authorize acme billing", "touchstage connection authorize acme billing --paste"],
        ["connection list"] = ["touchstage connection list acme"],
        ["connection forget"] = ["touchstage connection forget acme billing"],
        ["session create"] = ["touchstage session create acme --kind agent --subject helper", "touchstage session create acme --kind approver --subject sam@acme.example --role support --expires 12h"],
        ["session list"] = ["touchstage session list acme"],
        ["session revoke"] = ["touchstage session revoke acme ses_…"],
        ["session readmit"] = ["touchstage session readmit acme ses_…"],
        ["introspection create"] = ["touchstage introspection create acme billing"],
        ["introspection list"] = ["touchstage introspection list acme"],
        ["introspection revoke"] = ["touchstage introspection revoke icl_…"],
        ["inbox open"] = ["TOUCHSTAGE_SESSION=ts_… touchstage inbox open"],
        ["approvals list"] = ["touchstage approvals list --capability refund_user --unclaimed", "touchstage approvals list --unknown"],
        ["approvals show"] = ["touchstage approvals show apr_…"],
        ["approvals approve"] = ["touchstage approvals approve apr_…", "touchstage approvals approve apr_… --revision 1"],
        ["approvals reject"] = ["touchstage approvals reject apr_… --reason 'The customer was refunded yesterday.'"],
        ["approvals resolve"] = ["touchstage approvals resolve stp_… --succeeded --reason 'The refund is on the statement.'"],
        ["approvals modify"] = ["touchstage approvals modify apr_… --set amount=20", "touchstage approvals modify apr_… --changes '{\"amount\":20}' --preview"],
        ["approvals comment"] = ["touchstage approvals comment apr_… 'I asked the customer.'"],
        ["approvals claim"] = ["touchstage approvals claim apr_…"],
        ["approvals release"] = ["touchstage approvals release apr_…"],
        ["approvals reveal"] = ["touchstage approvals reveal apr_…"],
        ["approvals withdraw"] = ["TOUCHSTAGE_SESSION=ts_… touchstage approvals withdraw apr_…"],
        ["ledger verify"] = ["touchstage ledger verify --checkpoint checkpoint.json"],
        ["ledger export"] = ["touchstage ledger export acme --out acme.jsonl --checkpoint checkpoint.json"],
        ["replay"] = ["touchstage replay stp_… --tenant acme"],
        ["webhooks list"] = ["touchstage webhooks list acme"],
        ["webhooks retry"] = ["touchstage webhooks retry acme whm_…", "touchstage webhooks retry acme --all-dead"],
        ["webhooks drop"] = ["touchstage webhooks drop acme whm_…"],
        ["keys list"] = ["touchstage keys list"],
        ["keys rotate"] = ["touchstage keys rotate", "touchstage keys rotate --only signing --overlap 2h"],
        ["keys revoke"] = ["touchstage keys revoke KID"],
        ["backup"] = ["touchstage backup touchstage-2026-01-31.db"],
        ["doctor"] = ["touchstage doctor", "touchstage doctor --json"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The command lines; none for a verb that has none.</summary>
    public static IReadOnlyList<string> Of(string words) => ByVerb.GetValueOrDefault(words) ?? [];
}
