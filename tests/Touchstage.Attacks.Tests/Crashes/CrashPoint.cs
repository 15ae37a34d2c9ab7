using System.Collections.Concurrent;
using System.Diagnostics;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>Where this process is to end, by SIGKILL: nothing is flushed, disposed of or answered any more.</summary>
internal static class CrashPoint
{
    private static readonly ConcurrentDictionary<string, int> Passed = new(StringComparer.Ordinal);
    private static volatile string phase = "start";
    private static volatile string command = "";

    /// <summary>The point, as <c>phase/name#times</c>.</summary>
    public static string Wanted { get; set; } = "";

    /// <summary>What the process is about.</summary>
    public static void Enter(string name) => phase = name;

    /// <summary>A call that may write is about to be made.</summary>
    public static void Call(string name)
    {
        command = name;
        Reach(name);
    }

    /// <summary>The transaction of the newest call is about to be committed, or has been.</summary>
    public static void Transaction(string what) => Reach($"{command} {what}");

    private static void Reach(string name)
    {
        var point = $"{phase}/{name}";
        if ($"{point}#{Passed.AddOrUpdate(point, 1, (_, times) => times + 1)}" == Wanted)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}
