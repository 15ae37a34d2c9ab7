using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Schemas;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Capabilities;

/// <summary>Reads the calls of one policy test, in their order: a call is never earlier than the one before it.</summary>
internal sealed partial class PolicyTestCallReader(
    JsonSchema? input, ImmutableSortedDictionary<string, FactDeclaration> facts, ImmutableArray<Rule> rules, DateTimeOffset start)
{
    private const int MostTimes = 1_000;

    private DateTimeOffset? last;

    /// <summary>What a test, or a call of its own, says of the world.</summary>
    /// <param name="section">The test or the call.</param>
    /// <param name="isWhole">Whether nothing else can give the arguments.</param>
    public PolicyTestWorld ReadWorld(ManifestSection section, bool isWhole)
    {
        if (isWhole)
        {
            section.Require("args");
        }

        var arguments = PolicyTestValues.Mapping(section, "args");
        if (arguments is not null)
        {
            PolicyTestValues.Check(section.Document, section.At("args"), input, arguments.Root);
        }

        var answers = PolicyTestValues.Mapping(section, "facts");
        PolicyTestValues.CheckEach(section, "facts", answers, facts.ToDictionary(f => f.Key, f => f.Value.Output, StringComparer.Ordinal));
        return new(arguments?.Root, answers?.Root, ReadCaller(section)?.Root);
    }

    /// <summary>The call of a test that makes one.</summary>
    public PolicyTestCall ReadOnly(ManifestSection test, PolicyTestWorld world)
    {
        var (expect, reason) = ReadExpectation(test);
        return new(world, start, expect, reason, 1, IsApproved: false, TimeSpan.Zero, test.Document.Find(test.Pointer).Line);
    }

    /// <summary>The next call of a sequence; what it does not say of the world, the test says for all.</summary>
    public PolicyTestCall ReadNext(ManifestSection call, PolicyTestWorld around)
    {
        var world = ReadWorld(call, isWhole: false).Over(around);
        if (world.Arguments is null)
        {
            call.Require("args");
        }

        var at = ReadInstant(call);
        var times = call.Integer("times", 1, 1, MostTimes);
        var isApproved = call.Flag("approved");
        var openFor = ReadSettling(call);
        var (expect, reason) = ReadExpectation(call);
        call.Done();
        return new(world, at, expect, reason, times, isApproved, openFor, call.Document.Find(call.Pointer).Line);
    }

    private (string Expect, string? Reason) ReadExpectation(ManifestSection section)
    {
        section.Require("expect");
        var expect = section.Word("expect", "", "allow", "review", "refuse", "forbid");
        var reason = section.Text("reason");

        // Rules that did not load are reported already, and their ids are not known here.
        if (reason is not null && section.Document.IsSound && RuleId().Match(reason) is { Success: true, Value: var id } && rules.All(rule => rule.Id != id))
        {
            section.Report("reason", $"`{id}` is not a rule of the policy.", NearestName.Suggest(id, rules.Select(rule => rule.Id)) ?? "name a rule by its effect and its place, from 0: forbid[1].");
        }

        return (expect, reason);
    }

    private DateTimeOffset ReadInstant(ManifestSection call)
    {
        if (!call.Has("at"))
        {
            return last ?? start;
        }

        if (PolicyTestInstant.Offset(call.Node("at")) is { } offset)
        {
            return Forward(call, start + offset);
        }

        return PolicyTestInstant.Read(call, "at") is { } instant ? Forward(call, instant) : last ?? start;
    }

    private DateTimeOffset Forward(ManifestSection call, DateTimeOffset instant)
    {
        var earliest = last ?? start;
        if (instant < earliest)
        {
            call.Report("at", "The call is earlier than the one before it.", "list the calls in the order of time; an offset such as +10m counts from the test's `now`.");
            return earliest;
        }

        last = instant;
        return instant;
    }

    private static TimeSpan? ReadSettling(ManifestSection call)
    {
        if (!call.Has("settle"))
        {
            return TimeSpan.Zero;
        }

        if (call.Node("settle")?.GetValueKind() is System.Text.Json.JsonValueKind.False)
        {
            return null;
        }

        if (PolicyTestInstant.Offset(call.Node("settle")) is { } after)
        {
            return after;
        }

        call.Report("settle", "`settle` says when the call's outcome is known: at once unless it stands here.", "write `settle: false` for never, or `settle: +5m` for five minutes after the call.");
        return TimeSpan.Zero;
    }

    private static CanonicalJson? ReadCaller(ManifestSection section)
    {
        if (section.Section("caller") is not { } caller)
        {
            return null;
        }

        if (caller.Text("subject") is { } subject && Principal.TryFold(subject) is null)
        {
            caller.Report("subject", "`subject` is no name that a session can have.", "use 1 to 255 printable ASCII characters without spaces.");
        }

        caller.Text("client");
        foreach (var (_, pointer) in caller.Texts("roles").Where(role => !SessionRole.IsName(role.Text)))
        {
            caller.Document.Report(pointer, "This is no role that a session can have.", "use a-z, 0-9, _ and -, as session create --role does.");
        }

        caller.Done();
        return CanonicalJson.Of(section.Node("caller"));
    }

    [GeneratedRegex(@"(allow|review|forbid)\[[0-9]+\]\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RuleId();
}
