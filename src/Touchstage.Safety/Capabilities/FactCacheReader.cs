using Touchstage.Safety.Capabilities.Manifests;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads <c>cache</c> of a fact: <c>cache: 5m</c>, or <c>cache: { age: 5m, on_destructive: true }</c> where something destructive is decided on an answer of before.</summary>
internal static class FactCacheReader
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How old an answer may be; null for no older than the call.</summary>
    public static TimeSpan? Read(ManifestSection fact, Effects effects)
    {
        if (!fact.Has("cache"))
        {
            return null;
        }

        if (fact.Node("cache") is not System.Text.Json.Nodes.JsonObject)
        {
            var age = fact.Duration("cache", Shortest, Shortest, Longest);
            Hold(fact, effects, ManifestDuration.Render(age), isMeant: false);
            return age;
        }

        var cache = fact.Section("cache")!;
        cache.Require("age");
        var stated = cache.Duration("age", Shortest, Shortest, Longest);
        var isMeant = cache.Flag("on_destructive");
        cache.Done();
        Hold(fact, effects, ManifestDuration.Render(stated), isMeant);
        return stated;
    }

    private static void Hold(ManifestSection fact, Effects effects, string age, bool isMeant)
    {
        if (effects is Effects.Destructive && !isMeant)
        {
            fact.ReportKey(
                "cache", $"Something destructive would be decided on what was true up to {age} before.",
                $"remove `cache`, or say that it is meant: cache: {{ age: {age}, on_destructive: true }}.");
        }
    }
}
