using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Touchstage.Safety.Schemas;

/// <summary><c>anyOf</c> and <c>oneOf</c>: the instance fits at least one of the branches, or exactly one.</summary>
internal sealed class AnyOfKeyword(string keyword, ImmutableArray<JsonSchema> branches) : SchemaKeyword
{
    private readonly bool isExclusive = keyword == "oneOf";

    public override bool Check(JsonElement instance, Inspection inspection)
    {
        var held = 0;
        foreach (var branch in branches)
        {
            if (inspection.Holds(branch, instance) && (++held > 1 || !isExclusive))
            {
                break;
            }
        }

        if (held != 1 && inspection.TakesShape)
        {
            inspection.Shape(keyword, held == 0 ? SayNone(instance, inspection, out var nearest) : SaySeveral(instance, inspection, out nearest));
            nearest?.Check(instance, inspection);
        }

        return held == 1;
    }

    public override void Mark(JsonElement instance, Marks marks, Inspection inspection)
    {
        var held = 0;
        foreach (var branch in branches)
        {
            if (inspection.Holds(branch, instance))
            {
                held++;
                branch.Mark(instance, marks, inspection);
            }
        }

        // While problems are told, an instance may come here that fits none; then what any branch knows is not called unknown on top of that.
        foreach (var branch in held == 0 ? branches : [])
        {
            branch.Mark(instance, marks, inspection);
        }
    }

    private string SayNone(JsonElement instance, Inspection inspection, out JsonSchema? nearest)
    {
        nearest = null;
        if (inspection.IsTrying)
        {
            return "None of the alternatives fits.";
        }

        var index = Enumerable.Range(0, branches.Length).MinBy(index => inspection.DistanceOf(branches[index], instance));
        nearest = branches[index];
        return branches.Length == 1
            ? "The one alternative here does not fit, because:"
            : string.Create(CultureInfo.InvariantCulture, $"None of the {branches.Length} alternatives fits; the nearest is {Name(index)}, which does not because:");
    }

    private string SaySeveral(JsonElement instance, Inspection inspection, out JsonSchema? nearest)
    {
        nearest = null;
        var fitting = Enumerable.Range(0, branches.Length).Where(index => inspection.Holds(branches[index], instance)).Select(Name);
        return string.Create(CultureInfo.InvariantCulture, $"Exactly one of the {branches.Length} alternatives may fit, but these do: {string.Join(", ", fitting)}.");
    }

    private string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"number {index + 1}{(branches[index].Title is { } title ? $" ({Echo.Text(title)})" : "")}");
}
