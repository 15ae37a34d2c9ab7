namespace Touchstage.Safety.Credentials;

/// <summary>One secret of a tenant, described; nothing of it is in it.</summary>
/// <param name="Name">The connection's name, or <c>webhook:NAME</c>.</param>
/// <param name="Reference">Where it is, <c>env:NAME</c> or <c>file:PATH</c>, if only that is kept; null if the secret itself is kept sealed.</param>
/// <param name="IsReadable">Whether it opens; for a reference, whether something is there for this process to read.</param>
/// <param name="SetAt">When it was set.</param>
public sealed record SecretDescription(string Name, string? Reference, bool IsReadable, DateTimeOffset SetAt);
