namespace Touchstage.Browser.Tests.Browsers;

/// <summary>A theory that needs a browser; without one it is skipped, and says what adds it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserParts.Missing;
}
