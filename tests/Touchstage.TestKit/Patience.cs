namespace Touchstage.TestKit;

/// <summary>
/// How long a test waits for what is to come. It says nothing of speed: only a fault takes so long, on a machine that does much else besides, and then the test tells what did not come instead of
/// waiting for ever.
/// </summary>
public static class Patience
{
    /// <summary>For something in this process, or an answer of a running one.</summary>
    public static readonly TimeSpan ForAnEvent = TimeSpan.FromMinutes(2);

    /// <summary>For a process to start, or to end.</summary>
    public static readonly TimeSpan ForAProcess = TimeSpan.FromMinutes(4);
}
