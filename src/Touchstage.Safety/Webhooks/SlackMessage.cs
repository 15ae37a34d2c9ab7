using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Safety.Webhooks;

/// <summary>
/// A message as a chat for people, by https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. What others wrote stands in <c>plain_text</c> elements, and in the
/// fall-back text as code, so it can neither mention anybody nor link anywhere; the one link is ours.
/// </summary>
internal static class SlackMessage
{
    public static byte[] Of(ReadOnlySpan<byte> payload)
    {
        using var message = JsonDocument.Parse(Encoding.UTF8.GetString(payload));
        var (happened, data) = (message.RootElement.GetProperty("type").GetString()!, message.RootElement.GetProperty("data"));
        var headline = Headline(happened, Text(data, "capability"));
        var blocks = new JsonArray(Section(headline, isPlain: true), Section(Text(data, "summary"), isPlain: true), Facts(happened, data));
        var fallback = $"{ChatText.Escape(ChatText.Plain(headline))} {ChatText.Code(Text(data, "summary"))}";
        if (data.TryGetProperty("inbox_url", out var inbox))
        {
            var link = $"<{ChatText.Escape(inbox.GetString()!)}|Open it in the inbox>";
            blocks.Add(Section(link, isPlain: false));
            fallback += $" {link}";
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["text"] = fallback, ["blocks"] = blocks, ["unfurl_links"] = false, ["unfurl_media"] = false }
            .ToJsonString(JsonSerializerOptions.Default));
    }

    private static string Headline(string happened, string capability) => happened switch
    {
        "approval.pending" => $"{capability} waits for a decision",
        "approval.revised" => $"{capability} has changed and waits for a decision anew",
        "approval.escalated" => $"{capability} still waits for a decision; more people may decide now",
        "approval.expired" => $"{capability} was not decided in time; nothing was executed",
        "approval.failed" => $"{capability} was approved and failed; the upstream did nothing",
        "approval.unknown" => $"{capability} was approved and may or may not have happened; a person must find out",
        _ => $"{capability}: {happened}",
    };

    private static JsonObject Facts(string happened, JsonElement data)
    {
        var facts = new List<string> { $"{Text(data, "approval")}, revision {data.GetProperty("revision").GetInt32().ToString(CultureInfo.InvariantCulture)}", $"asked by {Text(data, "requester")}" };
        if (happened is "approval.pending" or "approval.revised" or "approval.escalated")
        {
            facts.Add($"for {List(data, "approver_roles")}");
            facts.Add($"until {Text(data, "expires_at")}");
        }

        if (data.TryGetProperty("decided_by", out _))
        {
            facts.Add($"decided by {List(data, "decided_by")}");
        }

        if (data.TryGetProperty("tag", out var tag))
        {
            facts.Add(tag.GetString()!.Replace('_', ' '));
        }

        return new JsonObject { ["type"] = "context", ["elements"] = new JsonArray([.. facts.Select(fact => (JsonNode?)Plain(fact))]) };
    }

    private static JsonObject Section(string text, bool isPlain) => new()
    {
        ["type"] = "section",
        ["text"] = isPlain ? Plain(text) : new JsonObject { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true },
    };

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = ChatText.Escape(ChatText.Plain(text)), ["emoji"] = false };

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;

    private static string List(JsonElement data, string name) => string.Join(", ", data.GetProperty(name).EnumerateArray().Select(item => item.GetString()));
}
