namespace Touchstage.Safety.Capabilities;

/// <summary>A tenant's webhook as administration shows it; nothing of it is secret.</summary>
/// <param name="Name">Its name; its secret is set under <c>webhook:NAME</c>.</param>
/// <param name="Url">Where deliveries go or, for <c>slack</c>, what the secret address lies under.</param>
/// <param name="IsPrivateNetwork">Whether it lies in a private network that the operator must open.</param>
/// <param name="Format"><c>standard</c> or <c>slack</c>.</param>
/// <param name="Events">What it is told, such as <c>approval.pending</c>.</param>
/// <param name="For">The capabilities whose approvals it is told of; empty for all.</param>
public sealed record WebhookDescription(string Name, string Url, bool IsPrivateNetwork, string Format, IReadOnlyList<string> Events, IReadOnlyList<string> For);
