using System.Text;
using System.Text.Json.Nodes;

namespace Touchstage.Mcp.Imports;

/// <summary>Writes a draft as a manifest: what the document said, what was guessed, and in comments what it does not say.</summary>
internal static class DraftText
{
    private const int Widest = 160;

    /// <summary>The manifest.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="document">What the document calls itself.</param>
    /// <param name="connection">The connection that it goes through.</param>
    public static string Of(Draft draft, string document, string connection)
    {
        var text = new StringBuilder();
        Comment(text, $"A draft, made of {draft.Operation} of the OpenAPI document \"{document}\". Nothing is allowed yet.");
        Comment(text, "Title, descriptions and schemas are the document's: models read them, so read them yourself first.");
        if (draft.Findings.Notes.Count > 0)
        {
            Comment(text, "Not as in the document:");
            foreach (var note in draft.Findings.Notes)
            {
                Comment(text, note.Text, "# - ", "#   ");
            }
        }

        Section(text, new() { ["capability"] = draft.Name, ["title"] = draft.Title, ["description"] = draft.Description, ["connection"] = connection });
        text.Append("effects: ").Append(draft.Effects).Append("   # a guess from ").Append(draft.Method).Append(draft.Effects == "additive" ? " and the answer 201" : "").Append(": readOnly, additive or destructive\n");
        if (draft.Method is "PUT" or "DELETE")
        {
            text.Append("# idempotent: true   # HTTP says so of ").Append(draft.Method).Append("; add it if the API keeps to it\n");
        }

        Section(text, new() { ["input"] = draft.Input.DeepClone() });
        if (draft.Output is not null)
        {
            Section(text, new() { ["output"] = draft.Output.DeepClone() });
        }

        Section(text, new() { ["request"] = draft.Request.DeepClone() });
        Policy(text, draft);
        return text.ToString();
    }

    private static void Policy(StringBuilder text, Draft draft)
    {
        var isHeld = draft.Effects != "readOnly";
        text.Append("policy: []   # ").Append(isHeld ? "every call waits for a person" : "every call is refused").Append(", until a rule allows it, such as\n");
        text.Append("#  - allow: '\"support\" in caller.roles'\n#    limits: [{ count: 10, per: 1h, by: [caller] }]\n");
        if (isHeld)
        {
            Section(text, new() { ["approval"] = new JsonObject { ["approvers"] = new JsonArray("reviewer"), ["expires"] = "24h" } });
        }

        if (draft.Example is not null)
        {
            var test = new JsonObject { ["name"] = "nothing is allowed yet", ["args"] = draft.Example.DeepClone(), ["expect"] = isHeld ? "review" : "refuse" };
            Section(text, new() { ["tests"] = new JsonArray(test) });
        }
    }

    private static void Section(StringBuilder text, JsonObject members) => YamlText.Write(text, members, 0);

    private static void Comment(StringBuilder text, string sentence, string first = "# ", string next = "# ")
    {
        var line = new StringBuilder(first);
        foreach (var word in YamlText.Comment(sentence).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length + 1 > Widest && line.Length > next.Length)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(next);
            }

            line.Append(word).Append(' ');
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
