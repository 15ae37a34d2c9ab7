using System.Collections.Immutable;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Conditions;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Tenants;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads a tenant's <c>limits</c>: each counts every step of the capabilities that it names, together.</summary>
internal sealed class TenantLimitReader(ManifestSection root, IReadOnlyList<Capability> capabilities)
{
    private const int MostLimits = 50;

    private IEnumerable<string> Folders => capabilities.Select(c => c.Path).Where(p => p.Contains('/', StringComparison.Ordinal)).Select(p => $"{p[..p.LastIndexOf('/')]}/*").Distinct(StringComparer.Ordinal);

    public ImmutableArray<TenantLimit> Read()
    {
        var sections = root.Sections("limits");
        if (sections.Count > MostLimits)
        {
            root.Report("limits", $"There are more than {MostLimits} limits.", "keep those that matter.");
        }

        var read = sections.Select(s => (s.Section, Limit: ReadOne(s.Section))).Where(s => s.Limit is not null).ToArray();
        foreach (var twice in read.GroupBy(s => (s.Limit!.Measure, s.Limit.Sum, s.Limit.Window, string.Join(' ', s.Limit.For))).SelectMany(g => g.Skip(1)))
        {
            twice.Section.Document.Report(
                twice.Section.Pointer, "Another limit counts the same over the same window, so that one of the two never matters.", "keep the tighter one, or give it another window or another `for`.");
        }

        return [.. read.Select(s => s.Limit!)];
    }

    private TenantLimit? ReadOne(ManifestSection limit)
    {
        var terms = LimitTermsReader.Read(limit);
        ImmutableArray<string> names = [.. limit.Texts("for").Select(f => Known(limit.Document, f.Text, f.Pointer)).Order(StringComparer.Ordinal)];
        if (limit.Has("by"))
        {
            limit.ReportKey("by", "A tenant's limit counts for the tenant as a whole.", "remove `by`; a limit by caller stands on a capability's `allow` rule.");
        }

        var sum = limit.Has("sum") ? ReadSummand(limit, names) : null;
        limit.Done();
        return terms is null || (terms.Measure is LimitMeasure.Sum && sum is null)
            ? null
            : new(terms.Measure switch { LimitMeasure.Sum => "sum", LimitMeasure.Concurrent => TenantLimit.Concurrent, _ => "count" }, sum, terms.Max, terms.Window, terms.IsHard, terms.Refuses, names);
    }

    private string Known(ManifestDocument document, string name, string pointer)
    {
        if (!capabilities.Any(c => CapabilityPattern.Matches(name, c)))
        {
            document.Report(
                pointer, $"The tenant has no capability `{name}`.",
                NearestName.Suggest(name, capabilities.Select(c => c.Name).Concat(Folders)) ?? "name the tenant's capabilities, or folder/* for all it has of a folder.");
        }

        return name;
    }

    // What is added up over several capabilities must be there, and a number, in each of them.
    private string? ReadSummand(ManifestSection limit, ImmutableArray<string> names)
    {
        if (ConditionSource.Read(limit, "sum") is not { } text)
        {
            return null;
        }

        if (capabilities.Where(c => TenantLimits.IsFor(names, c)).FirstOrDefault(c => !Condition.Compile(text, LimitSummand.Environment(c.Types), CelType.Number).IsLoaded) is not { } wrong)
        {
            return text;
        }

        ConditionSource.Compile(limit, "sum", LimitSummand.Environment(wrong.Types), CelType.Number);
        limit.Report("sum", $"The sum does not work out for the capability `{wrong.Name}`.", "name the capabilities that it is for: for: [name].");
        return null;
    }
}
