using System.Collections.Immutable;

namespace Touchstage.Safety.Actions;

/// <summary>The stages' verbs, in order: the names of Activities, meters and replays.</summary>
internal static class PipelineStage
{
    public const string Identify = "identify";
    public const string Resolve = "resolve";
    public const string Validate = "validate";
    public const string Judge = "judge";
    public const string Permit = "permit";
    public const string Record = "record";
    public const string Refresh = "refresh";
    public const string Mint = "mint";
    public const string Open = "open";
    public const string Send = "send";
    public const string Settle = "settle";

    /// <summary>All of them, in order.</summary>
    public static readonly ImmutableArray<string> All = [Identify, Resolve, Validate, Judge, Permit, Record, Refresh, Mint, Open, Send, Settle];
}
