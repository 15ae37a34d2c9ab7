namespace Touchstage.TestKit;

/// <summary>Texts that readers see, held to files that are checked in. With <c>TOUCHSTAGE_WRITE_SNAPSHOTS=1</c> the files are written anew; read the difference before you commit it.</summary>
public static class Snapshot
{
    private const string Write = "TOUCHSTAGE_WRITE_SNAPSHOTS";

    /// <summary>How a text differs from its file and how that is accepted, or null if it does not.</summary>
    /// <param name="text">The text as it is now.</param>
    /// <param name="file">The file, relative to the checkout.</param>
    public static string? Difference(string text, string file)
    {
        var path = Path.Combine(Repository.Root, file);
        var now = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable(Write) is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }

        if (!File.Exists(path))
        {
            return $"There is no {file}. Write it with {Write}=1.";
        }

        var before = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (now == before)
        {
            return null;
        }

        var (old, current) = (before.Split('\n'), now.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(old.Length, current.Length)).First(index => index >= old.Length || index >= current.Length || old[index] != current[index]);
        return $"What readers see has changed, first at {file}:{at + 1}\n- {(at < old.Length ? old[at] : "(the end)")}\n+ {(at < current.Length ? current[at] : "(the end)")}\n"
            + $"If it is meant, run this test again with {Write}=1, read the whole difference, and commit it.";
    }
}
