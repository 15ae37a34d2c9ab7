namespace Touchstage.Safety.Approvals;

/// <summary>The permanent names of tags, as doors take them and answers spell them.</summary>
public static class DecisionTags
{
    /// <summary>All tags that can be given, by name, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> Names { get; } = ["policy_too_strict", "wrong_action", "needs_more_information"];

    /// <summary>A tag's name.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The name, or null for none.</returns>
    public static string? NameOf(DecisionTag tag) => tag is >= DecisionTag.PolicyTooStrict and <= DecisionTag.NeedsMoreInformation ? Names[(int)tag - 1] : null;

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name as received; null or empty for none.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>False if there is no tag of that name.</returns>
    public static bool TryParse(string? name, out DecisionTag tag)
    {
        tag = DecisionTag.None;
        if (string.IsNullOrEmpty(name))
        {
            return true;
        }

        for (var at = 0; at < Names.Count; at++)
        {
            if (Names[at] == name)
            {
                tag = (DecisionTag)(at + 1);
                return true;
            }
        }

        return false;
    }
}
