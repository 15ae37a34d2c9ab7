namespace Touchstage.Safety.Capabilities;

/// <summary>One HTTP header field of a rendered request.</summary>
/// <param name="Name">Its name, lower case.</param>
/// <param name="Value">Its value: visible ASCII, spaces and tabs inside only.</param>
internal sealed record HeaderField(string Name, string Value);
