using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Schemas;

/// <summary>What is said of a property that no schema knows: most often it is a typing mistake.</summary>
internal static class UnknownProperty
{
    private const int MaxListed = 20;

    public static bool Tell(string rule, string name, IReadOnlyCollection<string> declared, Inspection inspection)
    {
        var message = inspection.IsHidden ? "A property here is not declared." : Say(name, declared);
        inspection.Down(name);
        inspection.Shape(rule, message);
        inspection.Up();
        return false;
    }

    private static string Say(string name, IReadOnlyCollection<string> declared)
    {
        if (declared.Contains(name, StringComparer.Ordinal))
        {
            return $"The property \"{Echo.Text(name)}\" is known only to an alternative that does not fit here.";
        }

        var start = $"There is no property \"{Echo.Text(name)}\"";
        if (NearestName.Find(name, declared) is { } nearest)
        {
            return $"{start}; did you mean \"{Echo.Text(nearest)}\"?";
        }

        return declared.Count == 0
            ? $"{start}; no properties are declared here."
            : $"{start}; the declared ones are {string.Join(", ", declared.Take(MaxListed).Select(k => $"\"{Echo.Text(k)}\""))}{(declared.Count > MaxListed ? ", …" : "")}.";
    }
}
