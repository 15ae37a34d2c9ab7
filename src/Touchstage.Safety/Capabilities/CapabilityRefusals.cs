using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Capabilities;

/// <summary>Why a call is refused before it is judged.</summary>
internal static class CapabilityRefusals
{
    public static readonly RefusalCode NoSuchTool =
        RefusalCode.Define("unknown_tool", "The tenant has no tool of that name; a tool of another tenant looks exactly the same.");

    public static readonly RefusalCode NotRenderable =
        RefusalCode.Define("unsafe_request_value", "An argument cannot stand in the request's path, query or headers without changing its structure.");

    /// <summary>The reason names the argument, never its value.</summary>
    public static Refusal Unrenderable(string reason) => new(NotRenderable, reason);

    public static Refusal UnknownTool() => new(NoSuchTool, "There is no tool of that name.");
}
