using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Policies.Suggestions;

/// <summary>Somebody who decided.</summary>
/// <param name="Name">The subject of the session.</param>
/// <param name="People">The people who may be behind it.</param>
internal sealed record Decider(string Name, People People);
