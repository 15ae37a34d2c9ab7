namespace Touchstage.Mcp.Demo;

/// <summary>The demo could not be set up; the message tells a person what is wrong and what to do.</summary>
internal class DemoException(string message) : Exception(message);
