using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstage.Mcp.Approvals;
using Touchstage.Safety.Policies.Suggestions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>What was learnt, for people and for machines.</summary>
internal static class SuggestionSheet
{
    private const string Warning =
        "People approved these; nobody has yet said yes to a rule. Whoever gets many like calls approved shapes it: read it as if a stranger had written it, and look at who asked and who decided.";

    public static void Tell(SuggestionReport report, string? file, string applyIn, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.WriteJson(Json(report));
            return;
        }

        foreach (var suggestion in report.Suggestions)
        {
            Tell(suggestion, terminal);
        }

        foreach (var none in report.None)
        {
            terminal.Out.WriteLine(VisibleText.Line($"{none.Capability}: no {none.Effect} is suggested: {none.Reason}."));
        }

        if (report.Suggestions.IsEmpty)
        {
            terminal.Out.WriteLine($"Nothing is suggested from {ApprovalDocument.Time(report.From)} until {ApprovalDocument.Time(report.Until)}.");
            return;
        }

        terminal.Out.WriteLine(Warning);
        terminal.Out.WriteLine($"Nothing was applied. The patch is applied with git apply in {applyIn}{(file is null ? ":" : $"; it was written to {file}.")}");
        foreach (var line in file is null ? report.Suggestions.SelectMany(suggestion => suggestion.Patch.TrimEnd('\n').Split('\n')) : [])
        {
            terminal.Out.WriteLine(VisibleText.Line(line.TrimEnd('\r')));
        }
    }

    private static void Tell(RuleSuggestion suggestion, Terminal terminal)
    {
        var (said, changed) = suggestion.Effect == "allow" ? ("approved", "let through") : ("rejected", "refused");
        terminal.Out.WriteLine($"{suggestion.Capability}: a new {suggestion.Effect} is suggested");
        terminal.Out.WriteLine($"  {VisibleText.Line(suggestion.Condition)}");
        if (suggestion.Limit is { } limit)
        {
            terminal.Out.WriteLine($"  limit: {VisibleText.Line(limit)}");
        }

        terminal.Out.WriteLine($"  It covers {suggestion.Covered} of {suggestion.Of} calls that people {said}, and 0 of {suggestion.HeldAgainst} that were decided otherwise.");
        terminal.Out.WriteLine($"  Decided by {Names(suggestion.Deciders)}; asked for by {Names(suggestion.Requesters)}.");
        terminal.Out.WriteLine($"  It does not restrict: {(suggestion.Unrestricted.IsEmpty ? "nothing is left open" : string.Join(", ", suggestion.Unrestricted))}.");
        terminal.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"  Of what was recorded, {suggestion.Changed} calls of all tenants would newly be {changed}; {suggestion.NotReplayable} could not be replayed."));
        foreach (var call in suggestion.Examples)
        {
            terminal.Out.WriteLine($"    {call.Tenant} #{call.LedgerNumber} {call.Id} {ApprovalDocument.Time(call.At)} {VisibleText.Line(call.Requester)} {VisibleText.Line(call.Arguments)}");
        }
    }

    private static string Names(ImmutableArray<KeyValuePair<string, int>> names) => string.Join(", ", names.Select(name => $"{VisibleText.Line(name.Key)} ({name.Value})"));

    private static JsonObject Json(SuggestionReport report) => new()
    {
        ["from"] = ApprovalDocument.Time(report.From),
        ["until"] = ApprovalDocument.Time(report.Until),
        ["warning"] = Warning,
        ["suggestions"] = new JsonArray([.. report.Suggestions.Select(suggestion => (JsonNode)new JsonObject
        {
            ["capability"] = suggestion.Capability,
            ["effect"] = suggestion.Effect,
            ["condition"] = suggestion.Condition,
            ["limit"] = suggestion.Limit,
            ["covered"] = suggestion.Covered,
            ["of"] = suggestion.Of,
            ["held_against"] = suggestion.HeldAgainst,
            ["deciders"] = Counts(suggestion.Deciders),
            ["requesters"] = Counts(suggestion.Requesters),
            ["unrestricted"] = new JsonArray([.. suggestion.Unrestricted.Select(path => (JsonNode)path)]),
            ["changed"] = suggestion.Changed,
            ["not_replayable"] = suggestion.NotReplayable,
            ["examples"] = new JsonArray([.. suggestion.Examples.Select(call => (JsonNode)SimulationSheet.Json(call))]),
            ["patch"] = suggestion.Patch,
        })]),
        ["none"] = new JsonArray([.. report.None.Select(none => (JsonNode)new JsonObject { ["capability"] = none.Capability, ["effect"] = none.Effect, ["reason"] = none.Reason })]),
    };

    private static JsonObject Counts(ImmutableArray<KeyValuePair<string, int>> counts) => new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
}
