using Touchstage.Safety.Capabilities.Manifests;
using Touchstage.Safety.Schemas;

namespace Touchstage.Safety.Capabilities;

/// <summary>Turns a manifest into a capability: every part by its own reader, all problems at once, and no capability if there is one.</summary>
internal static class CapabilityReader
{
    /// <summary>The longest an upstream may take: a step's token lives 30 seconds at most, and the way there needs some of them.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(25);

    private const string SystemPrefix = "touchstage_";
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultRepeatAfter = TimeSpan.FromSeconds(60);

    /// <summary>Reads a capability manifest.</summary>
    /// <param name="document">The manifest as read; problems are added to it.</param>
    /// <param name="path">The file relative to the capabilities folder, without its ending.</param>
    /// <returns>The capability, or null if the document has a problem.</returns>
    public static Capability? Read(ManifestDocument document, string path)
    {
        if (!document.IsSound)
        {
            return null;
        }

        var root = ManifestSection.Of(document);
        var (name, title, description, connection) = ReadNames(root);
        root.Require("effects");
        var effects = ReadEffects(root);
        var isIdempotent = root.Flag("idempotent") || effects is Effects.ReadOnly;
        var repeatAfter = root.Duration("repeat_after", isIdempotent ? TimeSpan.Zero : DefaultRepeatAfter, TimeSpan.Zero, TimeSpan.FromDays(1));
        var settingsSection = root.Section("settings");
        var settings = SchemaSource.ReadEach(settingsSection, SchemaOptions.Closed);
        var input = InputReader.Read(root);
        var arguments = input is null ? null : new ArgumentTable(input);
        var (request, timeout) = ReadRequest(root, arguments, effects);
        var response = ResponseReader.Read(root);
        var factsSection = root.Section("facts");
        var facts = FactReader.Read(factsSection, arguments, effects);

        // A condition over a schema that did not load would only raise errors that go away with the first.
        var isTyped = settings.Count == (settingsSection?.Keys.Count ?? 0) && facts.Count == (factsSection?.Keys.Count ?? 0);
        var types = input is not null && isTyped ? PolicyTypesBuilder.Build(input, settings, facts.Values) : null;
        var rules = new PolicyReader(root, arguments, types, effects).Read();
        var invariants = InvariantReader.Read(root, types);
        var (approval, summary) = new ApprovalReader(root, arguments, request).Read(title);
        var verify = new VerifyReader(root, input, request, effects).Read();
        var tests = new PolicyTestReader(root, input, settings, facts, rules).Read();
        root.Done();
        if (!document.IsSound || input is null || request is null || types is null)
        {
            return null;
        }

        var capability = new Capability
        {
            Name = name,
            Title = title,
            Description = description,
            Connection = connection,
            Effects = effects,
            IsIdempotent = isIdempotent,
            RepeatAfter = repeatAfter,
            Settings = settings,
            Input = input,
            Request = request,
            Timeout = timeout,
            Response = response,
            Facts = facts,
            Types = types,
            Rules = rules,
            Invariants = invariants,
            Approval = approval,
            Verify = verify,
            Summary = summary,
            Tests = tests,
            Manifest = CanonicalJson.Of(document.Root.DeepClone()),
            Path = path,
        };
        InvariantCheck.Report(root, capability);
        return document.IsSound ? capability : null;
    }

    private static (string Name, string Title, string Description, string Connection) ReadNames(ManifestSection root)
    {
        var name = root.RequiredText("capability");
        if (name.Length > 0 && (!IsName(name) || name.StartsWith(SystemPrefix, StringComparison.Ordinal)))
        {
            root.Report(
                "capability", $"`{name}` is not a name for a capability.",
                $"use a-z, 0-9 and _, first a letter, at most {ArgumentName.MaxLength}, not starting with `{SystemPrefix}`.");
        }

        var connection = root.RequiredText("connection");
        if (connection.Length > 0 && !IsName(connection.Replace('-', '_')))
        {
            root.Report("connection", $"`{connection}` is not a name for a connection.", "use a-z, 0-9, _ and -, first a letter.");
        }

        return (name, root.RequiredText("title"), root.RequiredText("description"), connection);
    }

    private static Effects ReadEffects(ManifestSection root) => root.Word("effects", "destructive", "readOnly", "additive", "destructive") switch
    {
        "readOnly" => Effects.ReadOnly,
        "additive" => Effects.Additive,
        _ => Effects.Destructive,
    };

    private static (RequestTemplate? Request, TimeSpan Timeout) ReadRequest(ManifestSection root, ArgumentTable? arguments, Effects effects)
    {
        if (!root.Require("request") || root.Section("request") is not { } section)
        {
            return (null, DefaultTimeout);
        }

        var timeout = section.Duration("timeout", DefaultTimeout, TimeSpan.FromSeconds(1), LongestTimeout);
        var request = new RequestReader(section, arguments).Read(effects is Effects.ReadOnly);
        section.Done();
        return (request, timeout);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= ArgumentName.MaxLength && text[0] is >= 'a' and <= 'z' && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
