using System.Globalization;
using CsCheck;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>We write numbers as Node does, which writes them as ECMAScript says; that is what RFC 8785 asks for.</summary>
public sealed class NodeNumbersTests
{
    private const int Count = 1_000_000;

    [PeerFact]
    public async Task AMillionDoubles_AreWrittenAsNodeWritesThem()
    {
        var random = new PCG(20_12, 1);
        double[] doubles = [.. Enumerable.Range(0, Count).Select(number => Finite(random, number))];
        var bytes = new byte[Count * sizeof(double)];
        Buffer.BlockCopy(doubles, 0, bytes, 0, bytes.Length);

        using var node = NodePackages.Start("numbers.mjs");
        var said = node.StandardOutput.ReadToEndAsync();
        await node.StandardInput.BaseStream.WriteAsync(bytes);
        node.StandardInput.Close();
        var written = (await said).Split('\n');
        await node.WaitForExitAsync();

        written.Length.ShouldBe(Count);
        Enumerable.Range(0, Count).Where(number => CanonicalNumber.Write(doubles[number]) != written[number]).Take(5).Select(number => $"{CanonicalNumber.Write(doubles[number])} and {written[number]}").ShouldBeEmpty();
    }

    // Any bits, decimals of few digits, powers of two and ten, the smallest, whole numbers about the largest exact one.
    private static double Finite(PCG random, int number)
    {
        while (true)
        {
            var made = (number % 6) switch
            {
                0 or 1 => BitConverter.UInt64BitsToDouble(random.Next64()),
                2 => ((int)random.Next(2_000_000) - 1_000_000) / Math.Pow(10, random.Next(8)),
                3 => double.Parse(string.Create(CultureInfo.InvariantCulture, $"{random.Next(1_000) + 1}e{(int)random.Next(637) - 330}"), CultureInfo.InvariantCulture),
                4 => BitConverter.UInt64BitsToDouble(random.Next64() >> 11),
                _ => Math.BitIncrement(Math.Pow(2, random.Next(30) + 40)) + (int)random.Next(7) - 3,
            };
            if (double.IsFinite(made))
            {
                return made;
            }
        }
    }
}
