namespace Touchstage.Safety.Steps;

/// <summary>A signing key, described; its private half is not in it.</summary>
/// <param name="KeyId">Its <c>kid</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="SignsFrom">From when on it signs or signed.</param>
/// <param name="PublishedUntil">Until when it is published, or null while no other key follows it.</param>
/// <param name="Opens">Whether its private half opens with the key ring at hand.</param>
public sealed record SigningKeyDescription(string KeyId, SigningKeyState State, DateTimeOffset CreatedAt, DateTimeOffset SignsFrom, DateTimeOffset? PublishedUntil, bool Opens);
