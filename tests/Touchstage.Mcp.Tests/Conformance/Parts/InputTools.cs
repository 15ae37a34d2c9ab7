#pragma warning disable MCP9005 // Sampling and roots are deprecated since the newest revision, and part of the suite.
using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Touchstage.Mcp.Tests.Conformance.Parts;

/// <summary>Tools that end a call with questions and are called again with the answers, as the revision without sessions does.</summary>
[McpServerToolType]
internal sealed class InputTools
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks the person for a name.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> request) => Questions.Answer(request.Params, "user_name", "name") is { } name
        ? $"Hello, {name}!"
        : throw Questions.Ask(null, ("user_name", Questions.Form("What is your name?", "name")));

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Asks the client's model.")]
    public static string Sampling(RequestContext<CallToolRequestParams> request) =>
        request.Params.InputResponses is { } answers && answers.TryGetValue("capital_question", out var answer)
            ? $"The model said: {answer.Deserialize(InputResponse.CreateMessageResultJsonTypeInfo)?.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}"
            : throw Questions.Ask(null, ("capital_question", InputRequest.ForSampling(Questions.Sampling("What is the capital of France?", 100))));

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks for the client's roots.")]
    public static string Roots(RequestContext<CallToolRequestParams> request) =>
        request.Params.InputResponses is { } answers && answers.TryGetValue("client_roots", out var answer)
            ? $"Roots: {string.Join(", ", answer.Deserialize(InputResponse.ListRootsResultJsonTypeInfo)?.Roots.Select(root => root.Uri) ?? [])}"
            : throw Questions.Ask(null, ("client_roots", InputRequest.ForRootsList(new())));

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Asks for a confirmation, and wants its state back.")]
    public static string State(RequestContext<CallToolRequestParams> request) => Confirm(request.Params, "state-ok");

    [McpServerTool(Name = "test_input_required_result_tampered_state"), Description("Asks for a confirmation, and refuses a state that it did not give.")]
    public static string TamperedState(RequestContext<CallToolRequestParams> request) => Confirm(request.Params, "untouched");

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks the person, the client's model and for its roots.")]
    public static string Several(RequestContext<CallToolRequestParams> request)
    {
        (string Key, InputRequest)[] questions =
        [
            ("user_name", Questions.Form("What is your name?", "name")),
            ("greeting", InputRequest.ForSampling(Questions.Sampling("Generate a greeting", 50))),
            ("client_roots", InputRequest.ForRootsList(new())),
        ];
        return questions.All(question => Questions.IsAnswered(request.Params, question.Key)) ? "All is answered." : throw Questions.Ask(Sealed("several"), questions);
    }

    [McpServerTool(Name = "test_input_required_result_multi_round"), Description("Asks the person twice, one after the other.")]
    public static string Rounds(RequestContext<CallToolRequestParams> request) => request.Params.RequestState switch
    {
        null => throw Questions.Ask(Sealed("1"), ("step1", Questions.Form("Step 1: What is your name?", "name"))),
        var state when state == Sealed("1") => throw Questions.Ask(Sealed("2"), ("step2", Questions.Form("Step 2: What is your favorite color?", "color"))),
        var state when state == Sealed("2") => "Both are answered.",
        _ => throw Foreign(),
    };

    [McpServerTool(Name = "test_input_required_result_capabilities"), Description("Asks what the client can answer, and nothing else.")]
    public static string Capable(RequestContext<CallToolRequestParams> request)
    {
        var able = request.Server.ClientCapabilities;
        List<(string Key, InputRequest)> questions = [];
        if (able?.Sampling is not null)
        {
            questions.Add(("greeting", InputRequest.ForSampling(Questions.Sampling("Generate a greeting", 50))));
        }

        if (able?.Elicitation is not null)
        {
            questions.Add(("user_name", Questions.Form("What is your name?", "name")));
        }

        return questions.Count == 0 || questions.TrueForAll(question => Questions.IsAnswered(request.Params, question.Key)) ? "Done." : throw Questions.Ask(null, [.. questions]);
    }

    private static string Confirm(CallToolRequestParams request, string done) => request.RequestState switch
    {
        null => throw Questions.Ask(Sealed("confirm"), ("confirm", Questions.Form("Please confirm", "ok", isTruth: true))),
        var state when state == Sealed("confirm") => done,
        _ => throw Foreign(),
    };

    private static string Sealed(string state) => $"{state}.{Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(state)))}";

    private static McpProtocolException Foreign() => new("The state is none that this server gave.", McpErrorCode.InvalidParams);
}
