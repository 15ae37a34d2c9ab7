using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Subscriptions;

/// <summary>Sends one notification to a listener in the way of its era.</summary>
internal delegate Task SubscriberSend(string method, JsonObject parameters, CancellationToken cancellation);
