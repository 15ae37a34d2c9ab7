namespace Touchstage.Browser.Tests.Browsers;

/// <summary>A fact that needs a browser; without one it is skipped, and says what adds it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserParts.Missing;
}
