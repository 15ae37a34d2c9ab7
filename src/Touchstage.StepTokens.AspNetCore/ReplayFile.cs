using Microsoft.Win32.SafeHandles;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>
/// The lines of a replay file. Each is on the disk before <see cref="Append"/> returns. A new file takes the place of the old one in one step, so that at any moment
/// one of the two is whole; only a last line can be cut off, and then nobody was told of it. Not for several threads at once.
/// </summary>
internal sealed class ReplayFile(string path) : IDisposable
{
    private const int Buffer = 64 * 1024;
    private readonly FileStream taken = ReplayFileLock.Take(path);
    private SafeFileHandle? handle;
    private long length;

    /// <summary>How many lines there are after the first.</summary>
    public long Records => (length / ReplayRecord.Size) - 1;

    /// <summary>Whether a line may be in doubt, so that the file has to be written anew before it takes another.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Every line; none if there is no file.</summary>
    /// <exception cref="InvalidDataException">It is not a replay file, or was damaged elsewhere than at its end.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<ReplayRecord> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
        var records = new List<ReplayRecord>();
        var line = new byte[ReplayRecord.Size];
        int read;
        while ((read = stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false)) > 0)
        {
            if (ReplayRecord.TryRead(line.AsSpan(0, read), out var record) && record.IsHead == (records.Count == 0))
            {
                records.Add(record);
            }
            else if (records.Count == 0 || stream.Position < stream.Length)
            {
                throw new InvalidDataException($"{path}, line {records.Count + 1}: this is no replay file, or it was damaged. Move it away and the API starts with an empty memory.");
            }
        }

        return records.Count > 0 ? records : throw new InvalidDataException($"{path} is empty; no replay file ever is. Move it away and the API starts with an empty memory.");
    }

    /// <summary>Adds a line and waits until it is on the disk.</summary>
    /// <exception cref="IOException">It is not there, or nobody knows.</exception>
    public void Append(ReplayRecord record)
    {
        // A flush that failed says nothing of what a later one will do; only a file written anew is sure.
        IsInDoubt = true;
        RandomAccess.Write(handle!, record.ToLine(), length);
        RandomAccess.FlushToDisk(handle!);
        length += ReplayRecord.Size;
        IsInDoubt = false;
    }

    /// <summary>Puts a file with these lines in the place of the present one.</summary>
    /// <exception cref="IOException">The present one is still there, untouched.</exception>
    public void Rewrite(IEnumerable<ReplayRecord> records)
    {
        var next = path + ".new";
        File.Delete(next);
        long written = 0;
        using (var stream = new FileStream(next, New()))
        {
            foreach (var record in records)
            {
                stream.Write(record.ToLine());
                written += ReplayRecord.Size;
            }

            stream.Flush(flushToDisk: true);
        }

        IsInDoubt = true;
        File.Move(next, path, overwrite: true);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
        handle?.Dispose();
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        length = written;
        IsInDoubt = false;
    }

    public void Dispose()
    {
        handle?.Dispose();
        taken.Dispose();
    }

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = Buffer };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
