using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Touchstage.Safety.Capabilities.Manifests;

/// <summary>
/// Types a scalar without quotes by JSON's grammar; what other YAML readers would type otherwise is an error, so that one file means one thing.
/// </summary>
internal static partial class PlainScalar
{
    /// <summary>The value, or what is wrong with it.</summary>
    public static string? Read(string text, out JsonNode? value)
    {
        value = null;
        switch (text)
        {
            case "null":
                return null;
            case "true" or "false":
                value = JsonValue.Create(text == "true");
                return null;
            case "":
                return "The value is missing.";
        }

        if (JsonNumber().IsMatch(text))
        {
            return ReadNumber(text, out value);
        }

        if (Complaint(text) is { } complaint)
        {
            return complaint;
        }

        value = JsonValue.Create(text);
        return null;
    }

    private static string? ReadNumber(string text, out JsonNode? value)
    {
        value = null;
        if (!Schemas.CanonicalJson.Parse(text).TryGet(out _, out var refusal))
        {
            return $"The number {text} cannot be kept exactly: {refusal.Reason}";
        }

        value = JsonNode.Parse(text);
        return null;
    }

    private static string? Complaint(string text) => text switch
    {
        "~" => "`~` is null to some YAML readers and text to others.",
        _ when WordOfOthers().IsMatch(text) => $"`{text}` is a truth value or null to some YAML readers and text to others.",
        _ when Date().IsMatch(text) => $"`{text}` is a date to some YAML readers and text to others.",
        _ when NumberOfOthers().IsMatch(text) => $"`{text}` is a number to some YAML readers, but it is not in JSON's form.",
        _ => null,
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"^(true|false|null|yes|no|on|off)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex WordOfOthers();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t].*)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"^[-+]?(\.(inf|nan)|0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)(e[-+]?[0-9]+)?)\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NumberOfOthers();
}
