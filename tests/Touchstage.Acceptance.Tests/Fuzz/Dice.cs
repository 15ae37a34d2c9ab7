using CsCheck;

namespace Touchstage.Acceptance.Tests.Fuzz;

/// <summary>What chance decides, the same for the same seed.</summary>
internal sealed class Dice(uint stream, ulong seed)
{
    private readonly PCG source = new(stream, seed);

    /// <summary>Below a number.</summary>
    public int Below(int number) => (int)source.Next((uint)number);

    /// <summary>Once in so many times.</summary>
    public bool OnceIn(int times) => Below(times) == 0;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var n = 0; n < count; n++)
        {
            bytes[n] = (byte)Below(256);
        }

        return bytes;
    }
}
