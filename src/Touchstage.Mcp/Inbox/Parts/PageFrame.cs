using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>What every part of one page shares: who looks at it, when, and the token that its forms carry.</summary>
internal sealed class PageFrame(TimeProvider time)
{
    /// <summary>The moment that every age and every time left on the page is reckoned from.</summary>
    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Who looks, or null for nobody known.</summary>
    public Caller? Viewer { get; set; }

    /// <summary>The name of the field in which forms carry their token.</summary>
    public string FormTokenField { get; set; } = "";

    /// <summary>The token; without it no form is taken.</summary>
    public string FormToken { get; set; } = "";

    /// <summary>What the page says first, or null.</summary>
    public Notice? Notice { get; set; }

    /// <summary>What is wrong with a field, or null.</summary>
    public string? ErrorOf(string field) => Notice?.Errors.FirstOrDefault(error => error.Field == field)?.Text;
}
