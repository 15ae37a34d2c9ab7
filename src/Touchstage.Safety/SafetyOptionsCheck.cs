using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Sessions.Tokens;
using Touchstage.Safety.Storage;

namespace Touchstage.Safety;

/// <summary>Checks the options at the door, all errors at once.</summary>
internal static class SafetyOptionsCheck
{
    /// <summary>What stands in place of a folder for a key ring in the store.</summary>
    public const string InStore = "store";

    /// <summary>The checked store, networks and access tokens.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; its failures say what, where and what to do.</exception>
    public static (StoreLocation Store, ImmutableArray<AllowedNetwork> Networks, TokenSetup Tokens) Demand(SafetyOptions options)
    {
        var problems = new List<string>();
        Check(!string.IsNullOrWhiteSpace(options.DataDirectory), "DataDirectory is not set: name the folder of the store and its keys.");
        Check(!string.IsNullOrWhiteSpace(options.CapabilitiesDirectory), "CapabilitiesDirectory is not set: name the folder of the capability manifests.");
        Check(IsName(options.Issuer), "Issuer must be 1 to 255 printable ASCII characters without spaces.");
        Check(IsName(options.Workload), "Workload must be 1 to 255 printable ASCII characters without spaces.");
        Check(options.Transport is "stdio" or "http", "Transport must be stdio or http.");
        Check(options.FactLookUpsPerMinute is >= 1 and <= 10_000, "FactLookUpsPerMinute must be from 1 to 10,000.");
        Check(options.InboxUrl is null || InboxAddress.IsBase(options.InboxUrl), "InboxUrl must be an absolute http or https URL without user information, query or fragment.");
        CheckKeyRing(options, problems);
        if (!AllowedNetwork.TryParseAll(options.AllowedNetworks, out var networks, out var wrong))
        {
            problems.AddRange(wrong);
        }

        var location = options.Store ?? $"sqlite:{Path.Combine(options.DataDirectory, "touchstage.db")}";
        if (!StoreLocation.Parse(location).TryGet(out var store, out var refusal))
        {
            problems.Add(refusal.Reason);
        }

        TokenSetup.TryCreate(options.Tokens, out var tokens, out var contradictions);
        problems.AddRange(contradictions);
        return problems.Count == 0 && store is not null && tokens is not null ? (store, networks, tokens) : throw new OptionsValidationException(nameof(SafetyOptions), typeof(SafetyOptions), problems);

        void Check(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>The folder of the key ring, or null if the ring is in the store.</summary>
    public static string? KeyFolderOf(SafetyOptions options) => options.KeyRing == InStore ? null : options.KeyRing ?? Path.Combine(options.DataDirectory, "keys");

    private static void CheckKeyRing(SafetyOptions options, List<string> problems)
    {
        if (options.KeyRing is { } ring && ring != InStore && !Path.IsPathFullyQualified(ring))
        {
            problems.Add("KeyRing must be the absolute path of a folder, or store.");
        }

        if (options.KeyRing == InStore && options.KeyCertificates.Count == 0)
        {
            problems.Add("A key ring in the store lies beside what it opens: name a certificate that wraps it (--key-certificate file:PATH or env:NAME), or a folder elsewhere (--key-ring DIR).");
        }

        foreach (var reference in options.KeyCertificates.Append(options.KeyCertificatePassword).OfType<string>())
        {
            if (!SecretReference.TryParse(reference, out _, out var problem))
            {
                problems.Add($"A certificate or its password of the key ring cannot be looked for. {problem}");
            }
        }
    }

    private static bool IsName(string text) => text is { Length: >= 1 and <= 255 } && text.All(c => c is > ' ' and < '\x7f');
}
