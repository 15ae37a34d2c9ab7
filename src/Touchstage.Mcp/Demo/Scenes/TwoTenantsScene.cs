namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>Each tenant's agent sees its own tenant's tools; an approver sees none.</summary>
internal sealed class TwoTenantsScene : IScene
{
    public string Title => "Two tenants, two lists of tools";

    public string Point => "Who is asking is in the session key alone. No tool takes a tenant, so no model can name one.";

    public async Task<string> PlayAsync(Play play, CancellationToken cancellation)
    {
        var acme = await ListAsync(play, play.Agent, cancellation);
        var globex = await ListAsync(play, play.Globex, cancellation);
        var approver = await ListAsync(play, play.Approver, cancellation);
        var prompts = await play.Approver.PromptsAsync(cancellation);
        play.Say(Speaker.Person, $"acme/sam has the prompts {string.Join(", ", prompts)}, and no tool at all");

        Play.Expect("Acme's agent has delete_project", true, acme.Contains("delete_project", StringComparer.Ordinal));
        Play.Expect("Globex's agent has delete_project", false, globex.Contains("delete_project", StringComparer.Ordinal));
        Play.Expect("Globex's agent has refund_user", true, globex.Contains("refund_user", StringComparer.Ordinal));
        Play.Expect("the approver's tools", 0, approver.Count);
        Play.Expect("the agent's prompts", 0, (await play.Agent.PromptsAsync(cancellation)).Count);
        return $"{acme.Count} tools for Acme, {globex.Count} for Globex, none for the person; prompts for the person alone";
    }

    private static async Task<IReadOnlyList<string>> ListAsync(Play play, McpParty party, CancellationToken cancellation)
    {
        var tools = (await party.ToolsAsync(cancellation)).Select(tool => tool.Name).ToList();
        if (tools.Count > 0)
        {
            play.Say(Speaker.Agent, $"{party.Tenant}/{party.Name} sees {string.Join(", ", tools)}");
        }

        return tools;
    }
}
