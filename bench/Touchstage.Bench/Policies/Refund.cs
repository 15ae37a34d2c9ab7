using System.Globalization;
using System.Text.Json;

namespace Touchstage.Bench.Policies;

/// <summary>One request for a refund, and what the policy makes of it written as a plain <c>if</c>.</summary>
internal sealed class Refund
{
    /// <summary>The policy as a manifest; <c>cedar/policy.cedar</c> says the same.</summary>
    public const string Manifest = """
        capability: refund
        title: Refund a customer
        description: Refund part of a payment.
        connection: billing
        effects: destructive
        settings:
          auto_limit: { type: integer, default: 5000 }
        input:
          type: object
          required: [payment, cents, currency, country, note, flagged]
          properties:
            payment: { type: string, pattern: "^pay_[0-9]+$" }
            cents: { type: integer, minimum: 1 }
            currency: { type: string, pattern: "^[A-Z]{3}$" }
            country: { type: string, pattern: "^[A-Z]{2}$" }
            note: { type: string, maxLength: 200 }
            flagged: { type: boolean }
        request: { method: POST, path: "/v1/payments/{payment}/refunds" }
        policy:
          - allow: args.cents < tenant.settings.auto_limit && 'support' in caller.roles
          - allow: args.cents < 100000 && args.currency == 'EUR' && 'finance' in caller.roles
          - allow: args.cents <= 500 && !args.flagged
          - forbid: args.country in ['XA', 'XB', 'XC']
          - forbid: args.cents > 1000000 || args.note.startsWith('chargeback')
        """;

    private static readonly string[] Currencies = ["EUR", "USD", "GBP"];
    private static readonly string[] Countries = ["DE", "FR", "US", "XA", "PL", "XC"];
    private static readonly string[] Notes = ["Broken on delivery.", "chargeback of May", "Ordered twice.", "A chargeback is threatened."];
    private static readonly string[][] RoleSets = [["support"], ["finance"], [], ["support", "finance"], ["sales"]];
    private static readonly string[] Closed = ["XA", "XB", "XC"];

    private readonly JsonElement arguments;
    private readonly JsonElement settings;

    private Refund(string argumentsText, string settingsText, string[] roles)
    {
        (ArgumentsText, SettingsText, Roles) = (argumentsText, settingsText, roles);
        arguments = JsonElement.Parse(argumentsText);
        settings = JsonElement.Parse(settingsText);
    }

    public string ArgumentsText { get; }

    public string SettingsText { get; }

    public string[] Roles { get; }

    /// <summary>The whole request in the form that Cedar takes as its context.</summary>
    public string Context => $$"""{"args":{{ArgumentsText}},"settings":{{SettingsText}},"roles":{{JsonSerializer.Serialize(Roles)}}}""";

    /// <summary>So many requests, always the same ones, over everything that the rules look at.</summary>
    public static Refund[] Many(int count) => [.. Enumerable.Range(0, count).Select(Of)];

    /// <summary>The policy as somebody would write it by hand, on the same JSON.</summary>
    public bool IsAllowed()
    {
        var cents = arguments.GetProperty("cents").GetInt64();
        if (Closed.Contains(arguments.GetProperty("country").GetString()) || cents > 1_000_000
            || arguments.GetProperty("note").GetString()!.StartsWith("chargeback", StringComparison.Ordinal))
        {
            return false;
        }

        return (cents < settings.GetProperty("auto_limit").GetInt64() && Roles.Contains("support"))
            || (cents < 100_000 && arguments.GetProperty("currency").GetString() == "EUR" && Roles.Contains("finance"))
            || (cents <= 500 && !arguments.GetProperty("flagged").GetBoolean());
    }

    private static Refund Of(int number)
    {
        // Lengths without a common factor, so that every combination comes up; amounts from a cent to beyond the highest threshold.
        var cents = (long)Math.Pow(10, number % 13 / 2.0) + (number % 17);
        return new(
            string.Create(CultureInfo.InvariantCulture, $$"""{"payment":"pay_{{number}}","cents":{{cents}},"currency":"{{Pick(Currencies, number / 2)}}","country":"{{Pick(Countries, number / 3)}}","note":"{{Pick(Notes, number / 5)}}","flagged":{{(number % 7 == 0 ? "true" : "false")}}}"""),
            string.Create(CultureInfo.InvariantCulture, $$"""{"auto_limit":{{(number % 11 == 0 ? 50 : 5000)}}}"""),
            Pick(RoleSets, number));
    }

    private static T Pick<T>(T[] from, int number) => from[number % from.Length];
}
