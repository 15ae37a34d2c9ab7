namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>A session as its maker sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">Its key.</param>
public sealed record SessionKey(string Id, string Key);
