namespace Touchstage.Safety.Schemas.Formats;

/// <summary>The rule for labels of names that have a label written from right to left: RFC 5893 section 2.</summary>
internal static class BidiRule
{
    public static bool IsRightToLeft(ReadOnlySpan<int> label)
    {
        foreach (var point in label)
        {
            if (NameData.BidiClasses[point] is BidiClass.R or BidiClass.AL or BidiClass.AN)
            {
                return true;
            }
        }

        return false;
    }

    public static bool Holds(ReadOnlySpan<int> label)
    {
        var first = NameData.BidiClasses[label[0]];
        var isRightToLeft = first is BidiClass.R or BidiClass.AL;
        var (last, numbers) = (first, default(BidiClass?));
        foreach (var point in label)
        {
            var kind = NameData.BidiClasses[point];
            var isForeign = isRightToLeft ? kind == BidiClass.L : kind is BidiClass.R or BidiClass.AL or BidiClass.AN;
            var isNumber = kind is BidiClass.EN or BidiClass.AN;
            if (isForeign || (isRightToLeft && isNumber && numbers is { } other && other != kind))
            {
                return false;
            }

            numbers = isNumber ? kind : numbers;
            last = kind == BidiClass.NSM ? last : kind;
        }

        return (isRightToLeft || first == BidiClass.L)
            && (last == BidiClass.EN || (isRightToLeft ? last is BidiClass.R or BidiClass.AL or BidiClass.AN : last == BidiClass.L));
    }
}
