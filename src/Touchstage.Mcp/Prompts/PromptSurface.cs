using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Pagination;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Prompts;

/// <summary>The prompts of approver sessions. For an agent's session there are none.</summary>
internal sealed class PromptSurface(IEnumerable<IApproverPrompt> prompts, SessionDoor door, Pages pages)
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1);

    public ValueTask<ListPromptsResult> ListAsync(RequestContext<ListPromptsRequestParams> request, CancellationToken cancellation)
    {
        var caller = SessionIdentity.Of(request.User).Demand();
        Prompt[] all = caller.Kind == SessionKind.Approver ? [.. prompts.Select(prompt => prompt.Description)] : [];
        var page = pages.Of(caller, RequestMethods.PromptsList, all, prompt => prompt.Name, request.Params?.Cursor);
        return ValueTask.FromResult(new ListPromptsResult { Prompts = page.Items, NextCursor = page.NextCursor, TimeToLive = TimeToLive, CacheScope = CacheScope.Private });
    }

    public async ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellation)
    {
        var dialog = new PromptDialog(request);
        var identity = SessionIdentity.Of(request.User);

        // In the older era one message is run again with the person's answer, minutes later. Whose session it is, is found out anew then.
        var caller = (dialog.IsAnswer ? await door.EnterAsync(identity.RevealKey(), cancellation) : identity).Demand();

        // Invariant: a model can never decide. An agent's session finds no prompt, whatever name it tries.
        var prompt = caller.Kind == SessionKind.Approver ? prompts.FirstOrDefault(known => known.Description.Name == request.Params.Name) : null;
        if (prompt is null)
        {
            throw ProtocolFaults.UnknownPrompt(request.Params.Name);
        }

        var text = await prompt.RunAsync(new(caller, new(request.Params.Arguments), dialog), cancellation);
        return new()
        {
            Description = prompt.Description.Description,
            Messages = [new() { Role = Role.User, Content = new TextContentBlock { Text = text } }],
        };
    }
}
