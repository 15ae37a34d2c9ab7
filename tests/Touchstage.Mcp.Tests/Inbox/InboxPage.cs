using System.Net;
using System.Text.RegularExpressions;

namespace Touchstage.Mcp.Tests.Inbox;

/// <summary>A page as a browser without script got it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Location">Where it leads, or nothing.</param>
/// <param name="Html">The page.</param>
internal sealed partial record InboxPage(HttpStatusCode Status, string Location, string Html)
{
    /// <summary>What a person reads, in order, a line for each element.</summary>
    public string Text => WebUtility.HtmlDecode(Breaks().Replace(Tags().Replace(Body().Match(Html).Value, "\n"), "\n")).Trim();

    public string Title => WebUtility.HtmlDecode(TitleOf().Match(Html).Groups["text"].Value);

    /// <summary>Whether there is a form that goes there.</summary>
    public bool HasForm(string action) => FormOf(action) is not null;

    /// <summary>What would be sent if a person pressed the form's button: the fields as they stand.</summary>
    public Dictionary<string, string> Fields(string action)
    {
        var form = FormOf(action) ?? throw new InvalidOperationException($"There is no form to {action} on:\n{Text}");
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Inputs().Matches(form))
        {
            var tag = input.Value;
            if (Attribute(tag, "type") is "hidden" or "text" || tag.Contains(" checked", StringComparison.Ordinal))
            {
                fields[Attribute(tag, "name")] = Attribute(tag, "value");
            }
        }

        foreach (Match area in Areas().Matches(form))
        {
            fields[Attribute(area.Value, "name")] = WebUtility.HtmlDecode(area.Groups["text"].Value);
        }

        foreach (Match select in Selects().Matches(form))
        {
            var options = Options().Matches(select.Value).Select(option => option.Value).ToArray();
            fields[Attribute(select.Value, "name")] = Attribute(options.FirstOrDefault(option => option.Contains(" selected", StringComparison.Ordinal)) ?? options[0], "value");
        }

        return fields;
    }

    /// <summary>The hidden field that belongs to a form elsewhere on the page.</summary>
    public string? Outside(string name) => Inputs().Matches(Html).Select(input => input.Value)
        .Where(tag => Attribute(tag, "name") == name && tag.Contains(" form=", StringComparison.Ordinal)).Select(tag => Attribute(tag, "value")).FirstOrDefault();

    private string? FormOf(string action) =>
        Forms().Matches(Html).Where(form => Attribute(form.Value[..(form.Value.IndexOf('>') + 1)], "action").Split('#')[0] == action).Select(form => form.Value).FirstOrDefault();

    private static string Attribute(string tag, string name)
    {
        var at = tag.IndexOf($" {name}=\"", StringComparison.Ordinal);
        return at < 0 ? "" : WebUtility.HtmlDecode(tag[(at + name.Length + 3)..].Split('"')[0]);
    }

    [GeneratedRegex("<form[^>]*>.*?</form>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]*>(?<text>.*?)</textarea>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Areas();

    [GeneratedRegex("<select[^>]*>.*?</select>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Selects();

    [GeneratedRegex("<option[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Options();

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Body();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s*\n\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex("<title>(?<text>[^<]*)</title>", RegexOptions.NonBacktracking)]
    private static partial Regex TitleOf();
}
