using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>: so many items of an array fit the schema.</summary>
internal sealed class ContainsKeyword(JsonSchema contained, long least, long? most) : SchemaKeyword
{
    public override bool Check(JsonElement instance, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        long count = 0;
        foreach (var item in instance.EnumerateArray())
        {
            count += inspection.Holds(contained, item) ? 1 : 0;
        }

        return (count >= least && count <= (most ?? count)) || (inspection.TakesRange && Tell(count, inspection));
    }

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        if (instance.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (inspection.Holds(contained, item))
            {
                marks.Add(index);
            }

            index++;
        }
    }

    private bool Tell(long count, Inspection inspection) => count < least
        ? inspection.Range(least == 1 ? "contains" : "minContains", $"Expected at least {Echo.Count(least, "item", "items")} that fit `contains`{Title()}, but {(count == 0 ? "none does" : $"only {count} do")}.")
        : inspection.Range("maxContains", $"Expected at most {Echo.Count(most!.Value, "item", "items")} that fit `contains`{Title()}, but {count} do.");

    private string Title() => contained.Title is { } title ? $" ({Echo.Text(title)})" : "";
}
