using Spectre.Console;
using Touchstage.Mcp.Approvals;

namespace Touchstage.Mcp.CommandLine;

/// <summary>A short table: drawn for a person, plain columns otherwise.</summary>
internal sealed class Sheet(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add([.. cells.Select(VisibleText.Line)]);

    public void Write(Terminal terminal)
    {
        if (terminal.IsOutputPerson)
        {
            Draw(terminal.Out);
        }
        else
        {
            WriteColumns(terminal.Out);
        }
    }

    private void Draw(TextWriter target)
    {
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        }

        // What names a row is copied into the next command: it is never broken.
        table.Columns[0].NoWrap = true;

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(target) }).Write(table);
    }

    private void WriteColumns(TextWriter target)
    {
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(columns))
        {
            target.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
