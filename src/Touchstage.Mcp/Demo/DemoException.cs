namespace Touchstage.Mcp.Demo;

/// <summary>The demo could not be set up; the message tells a person what is wrong and what to do.</summary>
internal sealed class DemoException(string message, bool isPortTaken = false) : Exception(message)
{
    /// <summary>Whether somebody took a port between the question for a free one and its use: a second try finds another.</summary>
    public bool IsPortTaken => isPortTaken;
}
