using System.Text.RegularExpressions;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// Pages show text as text: nothing is ever marked as markup already, and there is no script, handler or style in a page itself, so the browser can be told to run and load none.
/// </summary>
public sealed partial class PagesShowText
{
    private const string MarkupString = "Microsoft.AspNetCore.Components.MarkupString";

    [Fact]
    public void Nothing_is_marked_as_markup() => Repository.Sources("src").Concat(Repository.Components("src")).SelectMany(file => Found(file, Markup(), "marks text as markup")).ShouldBeEmpty();

    [Fact]
    public void No_compiled_type_knows_how_to() =>
        Assemblies.Server.WrittenTypes().Where(type => type.Uses().Any(used => used.FullName == MarkupString)).Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void Pages_hold_no_script_handler_or_style() => Repository.Components("src").SelectMany(Inline).ShouldBeEmpty();

    [Fact]
    public void Planted_markup_scripts_handlers_and_styles_are_found()
    {
        Found(new("a.razor", "@((MarkupString)text)"), Markup(), "x").ShouldHaveSingleItem();
        Found(new("a.cs", "builder.AddMarkupContent(0, text)"), Markup(), "x").ShouldHaveSingleItem();
        Found(new("a.cs", "new HtmlString(text); Html.Raw(text)"), Markup(), "x").Count().ShouldBe(2);
        Inline(new("a.razor", "<script>go()</script>")).ShouldBe(["a.razor:1 holds a script: <script>"]);
        Inline(new("a.razor", "<p>\n<script src=\"/a.js\" defer></script>")).ShouldBeEmpty();
        Inline(new("a.razor", "<p>\n<a onclick=\"go()\">")).ShouldBe(["a.razor:2 holds a handler:  onclick="]);
        Inline(new("a.razor", "<form @onsubmit=\"Go\">")).ShouldBe(["a.razor:1 holds a handler:  @onsubmit="]);
        Inline(new("a.razor", "<a href=\"javascript:go()\">")).ShouldBe(["a.razor:1 holds a script: javascript:"]);
        Inline(new("a.razor", "<p style=\"color: red\">")).ShouldBe(["a.razor:1 holds a style:  style="]);
        Inline(new("a.razor", "<style>p { }</style>")).ShouldBe(["a.razor:1 holds a style: <style"]);
    }

    // A script that comes from a file of ours is none in the page.
    private static IEnumerable<string> Inline(SourceFile page) =>
        Found(page, Script(), "holds a script").Where(found => !found.Contains("<script src=", StringComparison.Ordinal)).Concat(Found(page, Handler(), "holds a handler")).Concat(Found(page, Style(), "holds a style"));

    private static IEnumerable<string> Found(SourceFile file, Regex what, string how) =>
        what.Matches(file.Text).Select(match => $"{file.Path}:{file.Text[..match.Index].Count(c => c == '\n') + 1} {how}: {match.Value}");

    [GeneratedRegex(@"MarkupString|AddMarkupContent|HtmlString|Html\.Raw|SetHtmlContent|AppendHtml", RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex("<script[^>]*>|javascript:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Script();

    [GeneratedRegex(@"\s@?on[a-z]+=", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Handler();

    [GeneratedRegex(@"<style|\sstyle=", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Style();
}
