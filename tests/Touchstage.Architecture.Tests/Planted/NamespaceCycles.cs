namespace Planted.Day
{
    internal sealed class Noon
    {
        public static object After() => new Planted.Twilight.Dusk();
    }
}

namespace Planted.Twilight
{
    internal sealed class Dusk
    {
        public static string Next => typeof(Planted.Night.Midnight).Name;
    }
}

namespace Planted.Night
{
    internal sealed class Midnight
    {
        public static bool IsOver(object now) => now is Planted.Day.Noon;
    }
}

namespace Planted.Calendar
{
    internal sealed class Year
    {
        public Planted.Day.Noon? First { get; }
    }
}

namespace Planted.Almanac
{
    internal static class Pages
    {
        // A collection expression makes a type without a namespace; the entry point has none either, and uses this one.
        public static IEnumerable<int> All => [1, 2, 3];
    }
}

internal static class Entry
{
    public static object Run() => Planted.Almanac.Pages.All;
}
