using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstage.Safety.Webhooks;

/// <summary>
/// The message of a delivery, in the shape that Standard Webhooks proposes: <c>{ type, timestamp, data }</c>. Written by the encoder that escapes all but plain ASCII letters, so that a
/// receiver's log or page has nothing to trip over.
/// </summary>
internal static class WebhookPayload
{
    /// <summary>The message, fixed when the event happens.</summary>
    public static byte[] Of(ApprovalNews news)
    {
        var data = new JsonObject
        {
            ["tenant"] = news.Tenant,
            ["approval"] = news.ApprovalId,
            ["status"] = news.Status,
            ["capability"] = news.Capability,
            ["summary"] = news.Summary,
            ["requester"] = news.Requester,
            ["approver_roles"] = Texts(news.ApproverRoles),
            ["quorum"] = news.Quorum,
            ["revision"] = news.Revision,
            ["expires_at"] = Time(news.ExpiresAt),
        };
        if (!news.DecidedBy.IsEmpty)
        {
            data["decided_by"] = Texts(news.DecidedBy);
        }

        if (news.Tag is not null)
        {
            data["tag"] = news.Tag;
        }

        return Bytes(new JsonObject { ["type"] = news.Event, ["timestamp"] = Time(news.At), ["data"] = data });
    }

    /// <summary>The message with the place where people can answer, which only a server that has an inbox knows.</summary>
    public static byte[] WithInbox(ReadOnlySpan<byte> payload, Func<string, string?> inbox)
    {
        var message = JsonNode.Parse(payload)!.AsObject();
        var data = message["data"]!.AsObject();
        if (inbox(data["approval"]!.GetValue<string>()) is { } url)
        {
            data["inbox_url"] = url;
        }

        return Bytes(message);
    }

    private static byte[] Bytes(JsonObject message) => Encoding.UTF8.GetBytes(message.ToJsonString(JsonSerializerOptions.Default));

    private static JsonArray Texts(ImmutableArray<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    // RFC 3339, to the second.
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
