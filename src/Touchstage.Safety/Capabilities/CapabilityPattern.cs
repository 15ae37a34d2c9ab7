namespace Touchstage.Safety.Capabilities;

/// <summary>How a tenant names what it has: a capability's name, or <c>folder/*</c> for every manifest under that folder.</summary>
internal static class CapabilityPattern
{
    public static bool Matches(string pattern, Capability capability) => pattern.EndsWith("/*", StringComparison.Ordinal)
        ? capability.Path.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : capability.Name == pattern;
}
