using System.Diagnostics;
using System.Globalization;

namespace Touchstage.StepTokens.AspNetCore.Tests;

/// <summary>A process of its own that uses one token after another in a replay file and says what became of each, until it is killed. What the test runner loads is the same assembly; this is its entry point.</summary>
internal static class ReplayProcess
{
    /// <summary>How many tokens it uses if nobody kills it.</summary>
    public const int Tokens = 200;

    /// <summary>Runs <c>FILE</c>, for as long as there is somebody to kill it, or <c>FILE TOKENS</c>.</summary>
    public static async Task<int> Main(string[] args)
    {
        using var host = ReplayHost.Open(args[0]);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var tokens = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : int.MaxValue;
        for (var i = 0; i < tokens; i++)
        {
            var tokenId = string.Create(CultureInfo.InvariantCulture, $"jti_{i}");
            try
            {
                Console.WriteLine($"{await host.UseAsync(tokenId)} {tokenId}");
            }
            catch (Exception failed) when (failed is IOException or ArgumentException)
            {
                // .NET has its own idea of what a file that is too large is.
                Console.WriteLine($"Failed {tokenId}");
            }
        }

        return 0;
    }

    /// <summary>Starts it, on a disk that takes so many bytes of one file.</summary>
    public static Process Start(string file, int? maxBytes)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Touchstage.StepTokens.AspNetCore.Tests.dll");
        // Without the signal ignored a write past the limit would end the process; ignored, it fails as on a full disk.
        var start = maxBytes is null
            ? new ProcessStartInfo("dotnet", [program, file])
            : new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {maxBytes / 1024}; exec dotnet \"$0\" \"$@\"", program, file, Tokens.ToString(CultureInfo.InvariantCulture)]);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // The runtime maps its code through a file, which the limit would hold as well.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }
}
