using CsCheck;

namespace Touchstage.Safety.Tests.Schemas.Generated;

/// <summary>Chance that comes again with the same seed.</summary>
internal sealed class Dice(PCG source)
{
    public bool Chance(int percent) => source.Next(100) < percent;

    /// <summary>A number from 0 to below that.</summary>
    public int Below(int count) => (int)source.Next((uint)count);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public T Pick<T>(ReadOnlySpan<T> from) => from[Below(from.Length)];

    /// <summary>Each of them with that chance, in their order.</summary>
    public T[] Some<T>(IEnumerable<T> from, int percent) => [.. from.Where(_ => Chance(percent))];
}
