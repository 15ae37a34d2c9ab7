namespace Touchstage.Safety.Schemas.Formats;

/// <summary>Punycode, RFC 3492 section 6, for one label in lower case; what does not fit or is not Punycode is -1.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int LowestThreshold = 1;
    private const int HighestThreshold = 26;
    private const int FirstBias = 72;
    private const int FirstPoint = 0x80;
    private const int LastPoint = 0x10FFFF;

    /// <summary>How many code points were written.</summary>
    public static int Decode(ReadOnlySpan<char> text, Span<int> points)
    {
        var basic = Math.Max(text.LastIndexOf('-'), 0);
        for (var at = 0; at < basic; at++)
        {
            points[at] = text[at];
        }

        var (count, next, bias, index) = (basic, FirstPoint, FirstBias, 0L);
        for (var at = basic > 0 || text is ['-', ..] ? basic + 1 : 0; at < text.Length; index++)
        {
            var before = index;
            for (long weight = 1, step = Base; ; step += Base)
            {
                var digit = at < text.Length ? Digit(text[at++]) : -1;
                index += digit * weight;
                if (digit < 0 || index > int.MaxValue)
                {
                    return -1;
                }

                var threshold = Threshold((int)step, bias);
                if (digit < threshold)
                {
                    break;
                }

                weight *= Base - threshold;
            }

            bias = Adapt(index - before, count + 1, before == 0);
            var point = next + (index / (count + 1));
            index %= count + 1;
            if (count == points.Length || point > LastPoint)
            {
                return -1;
            }

            next = (int)point;
            points[(int)index..count].CopyTo(points[((int)index + 1)..]);
            points[(int)index] = next;
            count++;
        }

        return count;
    }

    /// <summary>How many characters were written.</summary>
    public static int Encode(ReadOnlySpan<int> points, Span<char> text)
    {
        var written = 0;
        foreach (var point in points)
        {
            if (point < FirstPoint && !Write((char)point, text, ref written))
            {
                return -1;
            }
        }

        var (handled, basic, next, bias, delta) = (written, written, FirstPoint, FirstBias, 0);
        if (basic > 0 && !Write('-', text, ref written))
        {
            return -1;
        }

        while (handled < points.Length)
        {
            var lowest = int.MaxValue;
            foreach (var point in points)
            {
                lowest = point >= next ? Math.Min(lowest, point) : lowest;
            }

            // No overflow: a label has a few dozen points, each at most 21 bits wide.
            delta += (lowest - next) * (handled + 1);
            next = lowest;
            foreach (var point in points)
            {
                delta += point < next ? 1 : 0;
                if (point == next)
                {
                    if (!WriteNumber(delta, bias, text, ref written))
                    {
                        return -1;
                    }

                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            next++;
        }

        return written;
    }

    private static bool WriteNumber(int number, int bias, Span<char> text, ref int written)
    {
        for (var step = Base; ; step += Base)
        {
            var threshold = Threshold(step, bias);
            if (number < threshold)
            {
                return Write(Letter(number), text, ref written);
            }

            if (!Write(Letter(threshold + ((number - threshold) % (Base - threshold))), text, ref written))
            {
                return false;
            }

            number = (number - threshold) / (Base - threshold);
        }
    }

    private static bool Write(char letter, Span<char> text, ref int written)
    {
        var fits = written < text.Length;
        if (fits)
        {
            text[written++] = letter;
        }

        return fits;
    }

    private static int Threshold(int step, int bias) => Math.Clamp(step - bias, LowestThreshold, HighestThreshold);

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / count;
        var steps = 0;
        for (; delta > (Base - LowestThreshold) * HighestThreshold / 2; steps += Base)
        {
            delta /= Base - LowestThreshold;
        }

        return steps + (int)((Base - LowestThreshold + 1) * delta / (delta + 38));
    }

    private static int Digit(char letter) => letter switch
    {
        >= 'a' and <= 'z' => letter - 'a',
        >= '0' and <= '9' => letter - '0' + 26,
        _ => -1,
    };

    private static char Letter(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);
}
