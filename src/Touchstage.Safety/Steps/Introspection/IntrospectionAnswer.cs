namespace Touchstage.Safety.Steps.Introspection;

/// <summary>What an API owner is told of a token.</summary>
public sealed class IntrospectionAnswer
{
    private IntrospectionAnswer(IntrospectionStatus status, string json) => (Status, Json) = (status, json);

    /// <summary>What it came to.</summary>
    public IntrospectionStatus Status { get; }

    /// <summary>
    /// The body by RFC 7662, section 2.2: one JSON object. Inactive is <c>{"active":false}</c> and nothing more. Active has <c>active</c>, <c>token_type</c> (<c>Bearer</c>, or
    /// <c>N_A</c> for a token that travels beside a credential), <c>client_id</c> (the workload that asked for the token), and every claim of the token as it stands there.
    /// Empty if unauthorized.
    /// </summary>
    public string Json { get; }

    internal static IntrospectionAnswer Unauthorized { get; } = new(IntrospectionStatus.Unauthorized, "");

    internal static IntrospectionAnswer Inactive { get; } = new(IntrospectionStatus.Inactive, """{"active":false}""");

    internal static IntrospectionAnswer Active(string json) => new(IntrospectionStatus.Active, json);
}
