using System.Collections.Immutable;

namespace Touchstage.Safety.Sessions;

/// <summary>What a new session is for.</summary>
/// <param name="Subject">Whose it is: 1 to 255 printable ASCII characters, folded to lower case.</param>
/// <param name="OnBehalfOf">For whom the subject acts, in the same form, or null.</param>
/// <param name="Kind">Agent or approver.</param>
/// <param name="Roles">Its roles: each 1 to 64 of <c>a-z 0-9 _ -</c>.</param>
/// <param name="Client">The program that will use it, for people: 1 to 64 printable ASCII characters.</param>
/// <param name="Lifetime">How long it is good: a minute to 366 days.</param>
/// <param name="Person">The person behind it, in the form of a subject, where the subject alone does not tell; or null.</param>
public sealed record SessionRequest(string Subject, string? OnBehalfOf, SessionKind Kind, ImmutableArray<string> Roles, string Client, TimeSpan Lifetime, string? Person = null);
