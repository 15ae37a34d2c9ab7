using System.Text;

namespace Touchstage.Mcp.Demo;

/// <summary>Everything that the server said to the agents, to the byte, for the question whether a secret was in it.</summary>
internal sealed class Overheard
{
    private readonly List<byte> bytes = [];
    private readonly Lock gate = new();

    public void Add(ReadOnlySpan<byte> piece)
    {
        lock (gate)
        {
            bytes.AddRange(piece);
        }
    }

    public string Text
    {
        get
        {
            lock (gate)
            {
                return Encoding.UTF8.GetString([.. bytes]);
            }
        }
    }
}
