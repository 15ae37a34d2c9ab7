namespace Touchstage.Safety.Schemas.Patterns;

/// <summary>Reads a class in brackets: ECMA-262's ClassContents with the `u` flag.</summary>
internal sealed class EcmaClass(EcmaCursor cursor, EcmaEscapes escapes, bool isEnforced)
{
    /// <summary>The members of the class, after its opening bracket; nothing is gathered where nothing is enforced.</summary>
    public CodePointSet Read()
    {
        var isNegated = cursor.Take("^");
        var sets = new List<CodePointSet>();
        var ranges = new List<(int First, int Last)>();
        while (!cursor.Take("]"))
        {
            var (first, set) = Member();
            var last = first;
            if (cursor.StandsAt("-") && !cursor.StandsAt("-]"))
            {
                cursor.Take();
                last = Member().Point;
                if (first < 0 || last < first)
                {
                    throw cursor.Bad("a range in a class must go from a lower to a higher character");
                }
            }

            if (isEnforced && set is not null)
            {
                sets.Add(set);
            }
            else if (isEnforced)
            {
                ranges.Add((first, last));
            }
        }

        var all = isEnforced ? CodePointSet.Of(ranges.Concat(sets.SelectMany(set => set.Ranges))) : CodePointSet.Empty;
        return isNegated && isEnforced ? all.Complement() : all;
    }

    // A single code point, or -1 and a class such as \d.
    private (int Point, CodePointSet? Set) Member()
    {
        if (cursor.IsAtEnd)
        {
            throw cursor.Bad("a `[` is not closed");
        }

        if (!cursor.Take("\\"))
        {
            return (escapes.Whole(cursor.Take()), null);
        }

        return escapes.IsClass ? (-1, escapes.Class()) : (escapes.Character(isInClass: true), null);
    }
}
