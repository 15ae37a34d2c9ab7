using System.Text;

namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>
/// Reads an expression of ECMA-262 (its edition of 2020, with the `u` flag) piece by piece, and checks its grammar on the way; it does not recurse. What is not
/// allowed throws a <see cref="FormatException"/> that says why.
/// </summary>
/// <param name="source">The expression.</param>
/// <param name="isEnforced">Whether the sets of characters are wanted too, so that what has no data here is refused.</param>
internal sealed class EcmaReader(string source, bool isEnforced)
{
    private readonly EcmaCursor cursor = new(source);
    private readonly Stack<bool> open = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly List<string> referredNames = [];
    private int captures;
    private int highestReferred;
    private bool canRepeat;

    private EcmaEscapes Escapes => field ??= new(cursor, isEnforced);

    private EcmaClass Class => field ??= new(cursor, Escapes, isEnforced);

    /// <summary>The next piece; after the last one, the end, again and again.</summary>
    public EcmaToken Next()
    {
        if (cursor.IsAtEnd)
        {
            return End();
        }

        var token = cursor.Current switch
        {
            '^' => Mark(EcmaTokenKind.Start),
            '$' => Mark(EcmaTokenKind.Finish),
            '|' => Mark(EcmaTokenKind.Bar),
            '(' => Open(),
            ')' => Close(),
            '.' => Mark(EcmaTokenKind.Set) with { Set = CodePointSet.Dot },
            '[' => Mark(EcmaTokenKind.Set) with { Set = Class.Read() },
            '\\' => Escape(),
            '*' or '+' or '?' or '{' => Repetition(),
            ']' or '}' => throw cursor.Bad($"a lone `{cursor.Current}` must be written `\\{cursor.Current}`"),
            _ => new(EcmaTokenKind.Character) { Value = Escapes.Whole(cursor.Take()) },
        };
        canRepeat = token.Kind is EcmaTokenKind.Character or EcmaTokenKind.Set or EcmaTokenKind.BackReference || (token.Kind == EcmaTokenKind.Close && canRepeat);
        return token;
    }

    /// <summary>The number of the group that is referred back to; known once all is read.</summary>
    public int Group(EcmaToken backReference) => backReference.Name is null ? backReference.Value : names[backReference.Name];

    private EcmaToken Mark(EcmaTokenKind kind)
    {
        cursor.Take();
        return new(kind);
    }

    private EcmaToken End()
    {
        if (open.Count > 0)
        {
            throw cursor.Bad("a group is not closed");
        }

        return highestReferred <= captures && referredNames.TrueForAll(names.ContainsKey)
            ? new(EcmaTokenKind.End)
            : throw cursor.Bad("it refers back to a group that is not there");
    }

    private EcmaToken Open()
    {
        EcmaToken token;
        if (!cursor.StandsAt("(?"))
        {
            cursor.Take();
            token = new(EcmaTokenKind.Capture) { Value = ++captures };
        }
        else
        {
            token = cursor.Take("(?:") ? new(EcmaTokenKind.Group)
                : cursor.Take("(?=") ? new(EcmaTokenKind.Ahead)
                : cursor.Take("(?!") ? new(EcmaTokenKind.NotAhead)
                : cursor.Take("(?<=") ? new(EcmaTokenKind.Behind)
                : cursor.Take("(?<!") ? new(EcmaTokenKind.NotBehind)
                : cursor.Take("(?<") ? Named()
                : throw cursor.Bad("`(?` must be followed by `:`, `=`, `!`, `<=`, `<!` or a group's name");
        }

        open.Push(token.Kind is EcmaTokenKind.Group or EcmaTokenKind.Capture);
        return token;
    }

    private EcmaToken Named()
    {
        var name = Name();
        return names.TryAdd(name, ++captures)
            ? new(EcmaTokenKind.Capture) { Value = captures, Name = name }
            : throw cursor.Bad("two groups have the same name");
    }

    private EcmaToken Close()
    {
        if (!open.TryPop(out canRepeat))
        {
            throw cursor.Bad("a `)` has no `(`");
        }

        return Mark(EcmaTokenKind.Close);
    }

    private EcmaToken Escape()
    {
        cursor.Take();
        if (Escapes.IsClass)
        {
            return new(EcmaTokenKind.Set) { Set = Escapes.Class() };
        }

        switch (cursor.Current)
        {
            case 'b':
                return Mark(EcmaTokenKind.Boundary);
            case 'B':
                return Mark(EcmaTokenKind.NoBoundary);
            case 'k':
                cursor.Take();
                referredNames.Add(cursor.Take("<") ? Name() : throw cursor.Bad("`\\k` must be followed by a group's name, such as \\k<year>"));
                return new(EcmaTokenKind.BackReference) { Name = referredNames[^1] };
            case >= '1' and <= '9':
                var number = Number(cursor.TakeDigits());
                highestReferred = Math.Max(highestReferred, number);
                return new(EcmaTokenKind.BackReference) { Value = number };
            default:
                return new(EcmaTokenKind.Character) { Value = Escapes.Character(isInClass: false) };
        }
    }

    private string Name()
    {
        var name = new StringBuilder();
        while (!cursor.Take(">"))
        {
            var point = cursor.IsAtEnd ? -1 : cursor.Take(@"\u") ? Escapes.Unicode() : cursor.Take();
            if (point is < 0 or (>= 0xD800 and <= 0xDFFF) || !(name.Length == 0 ? EcmaIdentifier.IsStart(point) : EcmaIdentifier.IsPart(point)))
            {
                throw cursor.Bad("a group's name must be an identifier and end with a `>`");
            }

            name.Append(new Rune(point).ToString());
        }

        return name.Length > 0 ? name.ToString() : throw cursor.Bad("a group's name is empty");
    }

    private EcmaToken Repetition()
    {
        if (!canRepeat)
        {
            throw cursor.Bad($"there is nothing to repeat before the `{cursor.Current}` (a literal one is written `\\{cursor.Current}`)");
        }

        var (min, max) = (char)cursor.Take() switch
        {
            '*' => (0, default(int?)),
            '+' => (1, null),
            '?' => (0, 1),
            _ => Counts(),
        };
        return new(EcmaTokenKind.Repetition) { Min = min, Max = max, IsLazy = cursor.Take("?") };
    }

    private (int Min, int? Max) Counts()
    {
        var min = cursor.TakeDigits().TrimStart('0');
        var hasMin = min.Length > 0 || cursor.At > 0 && source[cursor.At - 1] == '0';
        var hasComma = cursor.Take(",");
        var max = hasComma ? cursor.TakeDigits() : min;
        if (!hasMin || !cursor.Take("}"))
        {
            throw cursor.Bad("a `{` must start a repetition such as {2}, {2,} or {2,5}; a literal one is written `\\{`");
        }

        if (hasComma && max.IsEmpty)
        {
            return (Number(min), null);
        }

        max = max.TrimStart('0');
        return min.Length < max.Length || (min.Length == max.Length && min.SequenceCompareTo(max) <= 0)
            ? (Number(min), Number(max))
            : throw cursor.Bad("a repetition has a maximum below its minimum");
    }

    // What is larger than any text is as good as the largest number.
    private static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = Math.Min((value * 10) + digit - '0', int.MaxValue);
        }

        return (int)value;
    }
}
