using Spectre.Console;

namespace Touchstage.Mcp.Demo;

/// <summary>Tells the story: in colour on a terminal, the same words without it elsewhere.</summary>
internal sealed class Teller
{
    private const int WidestPage = 100;
    private const int Margin = 2;
    private const int NameWidth = 9;

    private readonly IAnsiConsole console;
    private readonly int width;

    public Teller(TextWriter output, bool isTerminal)
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        width = isTerminal ? Math.Clamp(console.Profile.Width, 40, WidestPage) : WidestPage;
        console.Profile.Width = width + 1;
    }

    /// <summary>The first lines.</summary>
    public void Title(string title, string subtitle)
    {
        Blank();
        Write(new string(' ', Margin), title, "bold");
        Paragraph(subtitle, "");
        Blank();
    }

    /// <summary>A heading over the whole page.</summary>
    public void Heading(string text)
    {
        Blank();
        var line = new string('─', Math.Max(3, width - text.Length - Margin - 2));
        console.MarkupLine($"[grey]{new string('─', Margin)}[/] [bold]{Markup.Escape(text)}[/] [grey]{line}[/]");
    }

    /// <summary>A few sentences to the reader.</summary>
    public void Paragraph(string text, string style = "italic grey")
    {
        foreach (var line in Wrap(text, width - Margin))
        {
            Write(new string(' ', Margin), line, style);
        }
    }

    /// <summary>What somebody says or does; further lines of the text stand under the first. What follows a tab stays to the right of it.</summary>
    /// <param name="who">Whose line it is.</param>
    /// <param name="text">The words.</param>
    /// <param name="style">How the first word stands out; none if empty.</param>
    public void Say(Speaker who, string text, string style = "")
    {
        var (name, colour) = who switch
        {
            Speaker.Agent => ("agent", "blue"),
            Speaker.Policy => ("policy", "yellow"),
            Speaker.Person => ("person", "magenta"),
            Speaker.Outside => ("outsider", "red"),
            Speaker.Api => ("api", "teal"),
            _ => ("ledger", "grey"),
        };
        var body = who == Speaker.Ledger ? "grey" : "";
        var label = new string(' ', Margin) + name.PadRight(NameWidth);
        foreach (var line in text.Split('\n').SelectMany(part => Wrap(part, width - Margin - NameWidth)))
        {
            console.Markup($"[{colour}]{Markup.Escape(label)}[/]");
            var loud = style.Length == 0 ? 0 : Math.Max(0, line.IndexOf(' ', StringComparison.Ordinal));
            if (loud > 0)
            {
                console.Markup($"[{style}]{Markup.Escape(line[..loud])}[/]");
            }

            Write("", line[loud..], body);
            label = new string(' ', label.Length);
            style = "";
        }
    }

    /// <summary>A scene came out as it should.</summary>
    public void Good(string text) => Verdict("✓", "green", text);

    /// <summary>Something came out otherwise.</summary>
    public void Bad(string text) => Verdict("✗", "red bold", text);

    /// <summary>A line that is to be copied: as it is, whatever its length.</summary>
    public void Verbatim(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            console.Profile.Out.Writer.WriteLine(new string(' ', Margin * 2) + line);
        }
    }

    public void Blank() => console.WriteLine();

    private void Verdict(string sign, string style, string text)
    {
        foreach (var line in text.Split('\n').SelectMany(part => Wrap(part, width - Margin - 2)))
        {
            Write(new string(' ', Margin) + sign + " ", line, style);
            sign = " ";
        }
    }

    private void Write(string before, string text, string style)
    {
        var whole = Markup.Escape(before + text);
        console.MarkupLine(style.Length == 0 ? whole : $"[{style}]{whole}[/]");
    }

    private static IEnumerable<string> Wrap(string text, int room)
    {
        // What stands before a tab, or an indent, is room that the following lines leave free.
        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        var indent = new string(' ', tab >= 0 ? tab : text.Length - text.TrimStart(' ').Length);
        var line = tab >= 0 ? text[..tab] : indent;
        foreach (var word in text[(tab + 1)..].TrimStart(' ').Split(' '))
        {
            var rest = word;
            if (line.Length > indent.Length && line.Length + 1 + rest.Length > room)
            {
                yield return line;
                line = indent;
            }

            while (indent.Length + rest.Length > room)
            {
                yield return line + rest[..(room - indent.Length)];
                (line, rest) = (indent, rest[(room - indent.Length)..]);
            }

            line = line.Length > indent.Length ? $"{line} {rest}" : line + rest;
        }

        yield return line;
    }
}
