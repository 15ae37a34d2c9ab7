using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary>Which properties or items of one value have been looked at, by their index.</summary>
internal readonly struct Marks : IDisposable
{
    private readonly bool[] marked;
    private readonly int count;

    private Marks(int number, int count)
    {
        (Number, this.count) = (number, count);
        marked = ArrayPool<bool>.Shared.Rent(count + 1);
        marked.AsSpan(0, count + 1).Clear();
    }

    /// <summary>Which marks these are, within one validation.</summary>
    public int Number { get; }

    /// <summary>Whether it has been looked at.</summary>
    public bool this[int index] => marked[count] || marked[index];

    /// <summary>What these keywords look at in a value of so many parts.</summary>
    public static Marks Of(ImmutableArray<SchemaKeyword> keywords, JsonElement instance, int count, Inspection inspection)
    {
        var marks = new Marks(inspection.NextMarks(), count);
        foreach (var keyword in keywords)
        {
            keyword.Mark(instance, marks, inspection);
        }

        return marks;
    }

    public void Add(int index) => marked[index] = true;

    public void AddAll() => marked[count] = true;

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<bool>.Shared.Return(marked);
}
