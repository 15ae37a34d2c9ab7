namespace Touchstage.Safety.Capabilities;

/// <summary>What the model says of a call. Unverified: people read it, no policy can.</summary>
/// <param name="UserRequest">The user's request as the model tells it, or null.</param>
/// <param name="Reasoning">The model's reasoning, or null.</param>
public sealed record Narrative(string? UserRequest, string? Reasoning)
{
    /// <summary>The argument that carries the user's request on tools that can be blocked.</summary>
    public const string UserRequestArgument = "_user_request";

    /// <summary>The argument that carries the reasoning on tools that can be blocked.</summary>
    public const string ReasoningArgument = "_reasoning";

    /// <summary>No word from the model.</summary>
    public static readonly Narrative None = new(null, null);
}
