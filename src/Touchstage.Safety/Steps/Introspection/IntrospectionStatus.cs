namespace Touchstage.Safety.Steps.Introspection;

/// <summary>What introspection came to. <c>default</c> is <see cref="Unauthorized"/>.</summary>
public enum IntrospectionStatus
{
    /// <summary>Whoever asks is no client in force; nothing is said of the token.</summary>
    Unauthorized,

    /// <summary>The token is not active, or not this client's to ask about.</summary>
    Inactive,

    /// <summary>The token's step is in flight right now.</summary>
    Active,
}
