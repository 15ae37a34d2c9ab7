using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas.Patterns;

namespace Touchstage.Safety.Schemas;

/// <summary>
/// One validation. It is silent until something is found wrong; then the instance is gone through again and the few problems that help most are kept, those about shape before
/// those about a value's range. Its effort is bounded: past the bound nothing fits.
/// </summary>
internal sealed class Inspection
{
    /// <summary>How often a schema is held against a value, at most: fifty times for each of the 10,000 values that are let in.</summary>
    public const int MostChecks = 500_000;

    private const int MaxProblems = 10;
    private const int MostNested = 1_000;
    private const int MostKept = 4_096;

    [ThreadStatic]
    private static Inspection? idle;

    private readonly List<(string? Name, int Index, SchemaReach? Reach)> path = [];
    private readonly List<Problem> shape = [];
    private readonly List<Problem> range = [];
    private readonly Dictionary<(int Schema, nint Place), bool> known = [];
    private readonly HashSet<(int Schema, int Marks)> marked = [];
    private JsonElement root;
    private JsonSchema? schema;
    private int checks;
    private int nested;
    private int elsewhere;
    private int marks;

    /// <summary>Whether problems are not asked for.</summary>
    public bool IsSilent { get; private set; } = true;

    /// <summary>Why the validation was given up, or null.</summary>
    public string? GivenUp { get; private set; }

    /// <summary>Whether what stands here must not be shown.</summary>
    public bool IsHidden => IsTrying || IsHiddenAt(path.Count);

    /// <summary>What is wrong with the instance; empty if it fits.</summary>
    public static ImmutableArray<Problem> Of(JsonSchema schema, JsonElement instance)
    {
        var inspection = idle ?? new Inspection();
        idle = null;
        try
        {
            (inspection.schema, inspection.root) = (schema, instance);
            return schema.Check(instance, inspection) && inspection.GivenUp is null ? [] : inspection.Explain();
        }
        finally
        {
            // The one that took much memory is not kept for the next.
            inspection.Clear();
            idle = inspection.known.Capacity + inspection.marked.Capacity > MostKept ? null : inspection;
        }
    }

    /// <summary>Says whether one more schema may be held against one more value.</summary>
    public bool Enter()
    {
        if (++checks > MostChecks || nested >= MostNested)
        {
            GivenUp ??= "It takes more steps to check this value against its schema than are allowed; send less at once.";
        }

        nested++;
        return GivenUp is null;
    }

    /// <summary>The end of what <see cref="Enter"/> began.</summary>
    public void Leave() => nested--;

    /// <summary>Whether a text matches; the validation is given up if that cannot be told in time.</summary>
    public bool Matches(Pattern pattern, ReadOnlySpan<char> text)
    {
        var match = pattern.Match(text);
        if (match is PatternMatch.TimedOut)
        {
            GivenUp ??= "A text here takes too long to be matched with the pattern that is asked for.";
        }

        return match is PatternMatch.Yes;
    }

    /// <summary>Whether the schema holds, without telling why not.</summary>
    public bool Holds(JsonSchema branch, JsonElement instance)
    {
        var was = IsSilent;
        IsSilent = true;
        var holds = branch.Check(instance, this);
        IsSilent = was;
        return holds;
    }

    /// <summary>Whether it is only asked how near the instance comes to a branch.</summary>
    public bool IsTrying { get; private set; }

    /// <summary>How far off a branch is: the less, the nearer. Of the branches of that branch none is tried.</summary>
    public int DistanceOf(JsonSchema branch, JsonElement instance)
    {
        IsTrying = true;
        var (shapes, ranges, here) = (shape.Count, range.Count, Path());
        branch.Check(instance, this);
        IsTrying = false;
        var distance = shape.Skip(shapes).Concat(range.Skip(ranges)).Sum(problem => Weight(problem, here));
        shape.RemoveRange(shapes, shape.Count - shapes);
        range.RemoveRange(ranges, range.Count - ranges);
        return distance;
    }

    /// <summary>Whether the schema was found to hold for a value before, in this validation.</summary>
    public bool? Recall(int schemaId, JsonElement instance) => elsewhere == 0 && known.TryGetValue((schemaId, PlaceOf(instance)), out var holds) ? holds : null;

    /// <summary>Keeps what was found for <see cref="Recall"/>.</summary>
    public void Remember(int schemaId, JsonElement instance, bool holds)
    {
        if (elsewhere == 0)
        {
            known[(schemaId, PlaceOf(instance))] = holds;
        }
    }

    /// <summary>The number of new marks.</summary>
    public int NextMarks() => ++marks;

    /// <summary>Whether a schema has not marked there before: what it looks at does not change.</summary>
    public bool IsFirst(int schemaId, Marks where) => marked.Add((schemaId, where.Number));

    /// <summary>Holds a schema against a value that is not part of the instance, such as a property's name.</summary>
    public bool HoldsElsewhere(JsonSchema branch, JsonElement value)
    {
        elsewhere++;
        var holds = Holds(branch, value);
        elsewhere--;
        return holds;
    }

    /// <summary>From here on, problems are those of a property.</summary>
    public void Down(string name)
    {
        if (!IsSilent)
        {
            path.Add((name, 0, null));
        }
    }

    /// <summary>From here on, problems are those of an item.</summary>
    public void Down(int index)
    {
        if (!IsSilent)
        {
            path.Add((null, index, null));
        }
    }

    /// <summary>Back to the value around.</summary>
    public void Up()
    {
        if (!IsSilent)
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    // Invariant: past the cap no message is made, so a hostile instance costs no more than reading it twice.

    /// <summary>Whether a problem of shape would be kept: something is missing, unknown or of the wrong type.</summary>
    public bool TakesShape => !IsSilent && shape.Count < MaxProblems;

    /// <summary>Whether a problem of range would be kept: the shape is right and the value is not.</summary>
    public bool TakesRange => !IsSilent && range.Count < MaxProblems;

    /// <summary>Keeps a problem of shape; false, for the check to return.</summary>
    public bool Shape(string rule, string message)
    {
        shape.Add(new(Path(), rule, message));
        return false;
    }

    /// <summary>Keeps a problem of range; false, for the check to return.</summary>
    public bool Range(string rule, string message)
    {
        range.Add(new(Path(), rule, message));
        return false;
    }

    private static int Weight(Problem problem, string here) => problem switch
    {
        // Of the wrong type altogether, or told apart by a constant: another branch was meant.
        { Rule: "type" } when problem.Path == here => 100,
        { Rule: "const" or "enum" } when problem.Path.LastIndexOf('/') == here.Length => 10,
        _ => 1,
    };

    private ImmutableArray<Problem> Explain()
    {
        if (GivenUp is { } why)
        {
            return [new("", "effort", why)];
        }

        IsSilent = false;
        checks = 0;
        schema!.Check(root, this);

        // Invariant: what was found not to fit is never let through for want of words, or of time to find them.
        return shape.Count + range.Count == 0 ? [new("", "schema", "The value does not fit its schema.")] : [.. shape.Concat(range).Take(MaxProblems)];
    }

    // Below a sensitive value even the names that the sender chose are not shown.
    private string Path()
    {
        var text = new StringBuilder();
        for (var at = 0; at < path.Count; at++)
        {
            var (name, index, _) = path[at];
            text.Append(name is null ? "/" + index.ToString(CultureInfo.InvariantCulture)
                : !IsTrying && IsHiddenAt(at) && !ReachOf(at).Lists(name) ? "/***"
                : Pointer.Join(name));
        }

        return text.ToString();
    }

    private bool IsHiddenAt(int steps) => schema!.HoldsSensitive && ReachOf(steps).IsSensitive;

    // What may be applied at the end of so many steps of the path.
    private SchemaReach ReachOf(int steps)
    {
        if (steps == 0)
        {
            return schema!.Reach;
        }

        var (name, index, reach) = path[steps - 1];
        if (reach is null)
        {
            reach = name is null ? ReachOf(steps - 1).Item(index) : ReachOf(steps - 1).Property(name);
            path[steps - 1] = (name, index, reach);
        }

        return reach;
    }

    private nint PlaceOf(JsonElement instance) => Unsafe.ByteOffset(
        ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(root)), ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(instance)));

    private void Clear()
    {
        (root, schema, checks, nested, elsewhere, marks, IsSilent, IsTrying, GivenUp) = (default, null, 0, 0, 0, 0, true, false, null);
        path.Clear();
        shape.Clear();
        range.Clear();
        known.Clear();
        marked.Clear();
    }
}
