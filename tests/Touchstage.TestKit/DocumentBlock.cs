namespace Touchstage.TestKit;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Info">What stands after the opening fence.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="Text">What it holds.</param>
public sealed record DocumentBlock(string Info, int Line, string Text)
{
    private const string Fence = "```";

    /// <summary>All of a file.</summary>
    public static IReadOnlyList<DocumentBlock> Read(string path)
    {
        var blocks = new List<DocumentBlock>();
        List<string>? open = null;
        var (info, start) = ("", 0);
        foreach (var (index, line) in File.ReadAllLines(path).Index())
        {
            if (!line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                open?.Add(line);
            }
            else if (open is null)
            {
                (open, info, start) = ([], line.Trim()[Fence.Length..].Trim(), index + 1);
            }
            else
            {
                blocks.Add(new(info, start, string.Join('\n', open)));
                open = null;
            }
        }

        return open is null ? blocks : throw new InvalidDataException($"{path}:{start}: the block is not closed.");
    }
}
