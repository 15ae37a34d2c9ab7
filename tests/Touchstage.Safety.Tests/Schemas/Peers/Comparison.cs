using System.Collections.Concurrent;
using System.Text.Json;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Tests.Schemas.Generated;

namespace Touchstage.Safety.Tests.Schemas.Peers;

/// <summary>Holds us against Ajv, case by case, and counts what comes of it.</summary>
internal sealed class Comparison(Ajv ajv)
{
    private readonly ConcurrentDictionary<string, int> explained = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> keywords = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> unexplained = [];
    private int pairs;
    private int fitting;

    /// <summary>How many pairs were judged.</summary>
    public int Pairs => pairs;

    /// <summary>The share of them that fit, from 0 to 1.</summary>
    public double Fitting => (double)fitting / pairs;

    /// <summary>Disagreements for each reason.</summary>
    public IReadOnlyDictionary<string, int> Explained => explained;

    /// <summary>Disagreements without a reason, each in words.</summary>
    public IReadOnlyCollection<string> Unexplained => unexplained;

    /// <summary>How many schemas have each keyword.</summary>
    public IReadOnlyDictionary<string, int> Keywords => keywords;

    /// <summary>Judges every instance of a case.</summary>
    public void Add(SchemaCase one)
    {
        var (ours, theirs) = (Pair.Judge(one.Schema, one.Instances), ajv.Validate(one.Schema, one.Instances));
        Interlocked.Add(ref pairs, ours.Length);
        Interlocked.Add(ref fitting, ours.Count(verdict => verdict.Fits == true));
        foreach (var keyword in KeywordsOf(JsonElement.Parse(one.Schema)).Distinct(StringComparer.Ordinal))
        {
            keywords.AddOrUpdate(keyword, 1, (_, count) => count + 1);
        }

        var smaller = new List<string>();
        foreach (var index in Enumerable.Range(0, ours.Length).Where(index => ours[index].Fits != theirs[index].Fits))
        {
            Explain(new(one.Schema, one.Instances[index], ours[index], theirs[index]), smaller);
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{pairs:N0} pairs, {Fitting:P1} fit. They disagree on:\n{string.Join('\n', explained.OrderBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => $"{reason.Value,6}  {reason.Key}"))}";

    // Disagreements of one schema mostly have one reason: the next is made smaller from where the one before ended.
    private void Explain(Pair pair, List<string> smaller)
    {
        var reason = AjvDifference.ExplainAtOnce(pair);
        if (reason is null)
        {
            var smallest = (smaller.Select(schema => pair.With(schema, ajv)).FirstOrDefault(known => known is not null) ?? pair).Smallest(ajv);
            smaller.Add(smallest.Schema);
            reason = AjvDifference.Explain(smallest);
            if (reason is null)
            {
                unexplained.Enqueue($"{smallest}\n\nIt was found in\n{pair}");
                return;
            }
        }

        explained.AddOrUpdate(reason, 1, (_, count) => count + 1);
    }

    private static IEnumerable<string> KeywordsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => KeywordsOf(member.Value).Prepend(member.Name)).Where(Vocabularies.All.Contains),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(KeywordsOf),
        _ => [],
    };
}
