using System.Text.Json;
using Microsoft.Playwright;

namespace Touchstage.Browser.Tests.Browsers;

/// <summary>axe-core's rules for WCAG 2.2 AA, tried on a page as it stands.</summary>
internal static class Accessibility
{
    private const string Run =
        """
        async () => {
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
          return found.violations.map(violation => `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.target.join(' ')).join(', ')})`);
        }
        """;

    private static readonly Lazy<string> Rules = new(() => File.ReadAllText(Path.Combine(BrowserParts.Folder, "node_modules", "axe-core", "axe.min.js")));

    /// <summary>What is wrong with the page. The rules come in through the debugger, which the page's content policy does not stop.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Rules.Value);
        return (await page.EvaluateAsync<JsonElement>(Run)).Deserialize<string[]>()!;
    }
}
