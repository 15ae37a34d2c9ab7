namespace Touchstage.Mcp.Demo;

/// <summary>Somebody took a port between the question for a free one and its use.</summary>
internal sealed class PortTakenException(string message) : DemoException(message);
