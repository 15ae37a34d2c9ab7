namespace Touchstage.StepTokens.AspNetCore;

/// <summary>The permanent codes of what the kit checks beside <see cref="StepTokenFailures"/>. For the API owner's log only.</summary>
public static class StepTokenRequestFailures
{
    /// <summary>The request carries no step token.</summary>
    public const string Missing = "missing";

    /// <summary>A header that carries a token or a credential came more than once.</summary>
    public const string DuplicateHeader = "duplicate_header";

    /// <summary>The content is longer than <see cref="StepTokenOptions.MaxBodyBytes"/>, or could not be read to its end.</summary>
    public const string BodyUnreadable = "body_unreadable";

    /// <summary>The issuer's keys could not be fetched.</summary>
    public const string KeysUnavailable = "keys_unavailable";

    /// <summary>The replay store is full, or gave no answer.</summary>
    public const string ReplayStoreUnavailable = "replay_store_unavailable";

    /// <summary>The token may have been issued before the replay store began to remember, so that nobody knows whether it was used.</summary>
    public const string IssuedBeforeStart = "issued_before_start";

    /// <summary>The parameter of <see cref="StepTokenOptions.CredentialParameter"/> is missing, not last, given twice, or its value is not plain.</summary>
    public const string CredentialParameter = "credential_parameter";

    /// <summary>The endpoint requires a capability, but no step token was checked before it ran: the wiring is incomplete.</summary>
    public const string NotWired = "not_wired";
}
