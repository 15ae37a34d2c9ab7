using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Touchstage.Mcp.Tests.Prompts;

/// <summary>A person before a client that shows forms: reads what is shown and fills it in as the test says.</summary>
internal sealed class Person
{
    private readonly Queue<Func<Task<ElicitResult>>> answers = new();

    /// <summary>What was shown, in order.</summary>
    public List<ElicitRequestParams> Shown { get; } = [];

    /// <summary>The client before this person.</summary>
    /// <param name="form">Whether it shows forms.</param>
    /// <param name="url">Whether it opens addresses.</param>
    public McpClientOptions Client(bool form = true, bool url = false) => new()
    {
        Capabilities = new() { Elicitation = new() { Form = form ? new() : null, Url = url ? new() : null } },
        Handlers = new() { ElicitationHandler = async (asked, _) => await AnswerAsync(asked!) },
    };

    /// <summary>Fills the next form in, after something else has happened while it was open.</summary>
    public Person Says(object content, Func<Task>? meanwhile = null)
    {
        answers.Enqueue(async () =>
        {
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            return new() { Action = "accept", Content = JsonSerializer.SerializeToElement(content).Deserialize<Dictionary<string, JsonElement>>() };
        });
        return this;
    }

    /// <summary>Closes the next form: <c>decline</c> or <c>cancel</c>.</summary>
    public Person Closes(string action)
    {
        answers.Enqueue(() => Task.FromResult(new ElicitResult { Action = action }));
        return this;
    }

    private Task<ElicitResult> AnswerAsync(ElicitRequestParams asked)
    {
        Shown.Add(asked);
        return answers.Dequeue()();
    }
}
