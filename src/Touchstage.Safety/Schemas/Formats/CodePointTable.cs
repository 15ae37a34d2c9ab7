using System.Globalization;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>
/// A property of code points, read from lines such as <c>NSM: 300-36F 483-487</c>: a value and the ranges, in hexadecimal, that have it. All others have
/// <paramref name="other"/>.
/// </summary>
internal sealed class CodePointTable<T>(string lines, Func<string, T> read, T other)
{
    private readonly (int First, int Last, T Value)[] ranges = [.. Read(lines, read).OrderBy(range => range.First)];

    public T this[int point]
    {
        get
        {
            var (low, high) = (0, ranges.Length - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (point < ranges[middle].First)
                {
                    high = middle - 1;
                }
                else if (point > ranges[middle].Last)
                {
                    low = middle + 1;
                }
                else
                {
                    return ranges[middle].Value;
                }
            }

            return other;
        }
    }

    private static IEnumerable<(int First, int Last, T Value)> Read(string lines, Func<string, T> read)
    {
        foreach (var line in lines.Split('\n'))
        {
            var words = line.Split([':', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var range in words.Skip(1).Select(word => word.Split('-')))
            {
                yield return (Point(range[0]), Point(range[^1]), read(words[0]));
            }
        }
    }

    private static int Point(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
