namespace Touchstage.Safety.Sessions;

/// <summary>A session that was just created.</summary>
/// <param name="Session">The session.</param>
/// <param name="Key">Its key: to be shown once.</param>
public sealed record NewSession(SessionRecord Session, SessionKey Key);
