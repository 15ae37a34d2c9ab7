namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>A call's arguments, in the order in which they are told.</summary>
internal static class Arguments
{
    public static IReadOnlyDictionary<string, object?> Of(params (string Name, object? Value)[] arguments)
    {
        var ordered = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            ordered.Add(name, value);
        }

        return ordered;
    }
}
