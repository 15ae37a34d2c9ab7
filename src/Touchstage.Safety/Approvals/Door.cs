namespace Touchstage.Safety.Approvals;

/// <summary>The doors of decisions: their permanent names, and which is too weak for which capability.</summary>
internal static class Door
{
    /// <summary>The weakest: a code proves which revision was shown.</summary>
    public const string Code = "code";

    /// <summary>A form was filled in for exactly what it showed.</summary>
    public const string Form = "form";

    /// <summary>The strongest: no client or model stands between the page and the person.</summary>
    public const string Inbox = "inbox";

    /// <summary>A door's permanent name.</summary>
    public static string NameOf(DecisionChannel channel) => channel switch
    {
        DecisionChannel.Cli => "cli",
        DecisionChannel.Elicitation => "elicitation",
        DecisionChannel.Inbox => "inbox",
        _ => "prompt",
    };

    /// <summary>Whether a yes may come through a door; an unknown demand lets nothing in.</summary>
    public static bool Accepts(string confirm, DecisionChannel channel) => confirm switch
    {
        Code => true,
        Form => channel is DecisionChannel.Elicitation or DecisionChannel.Inbox,
        Inbox => channel is DecisionChannel.Inbox,
        _ => false,
    };
}
