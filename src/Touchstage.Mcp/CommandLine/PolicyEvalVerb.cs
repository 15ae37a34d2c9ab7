using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstage.Safety.Conditions.TaggedValues;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Tries an expression of the policy language out, or one a line from standard input.</summary>
internal sealed class PolicyEvalVerb() : Verb("policy eval", "Try out an expression of the policy language.")
{
    private readonly Argument<string> expression = new("EXPR")
    {
        Description = "The expression; or - for JSON lines on standard input: expr, and where wanted vars, typeEnv, container, disableCheck, checkOnly.",
    };

    private readonly Option<string?> variables = new("--vars") { Description = "The variables: a JSON object of values by name.", HelpName = "JSON" };
    private readonly Option<bool> plain = new("--plain") { Description = "Ordinary JSON values in and out, not values tagged with their kinds such as {\"int\":\"1\"}." };

    protected override IEnumerable<Argument> Arguments => [expression];

    protected override IEnumerable<Option> Options => [variables, plain];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        var language = services.GetRequiredService<IPolicyLanguage>();
        var (text, given, isPlain) = (parse.GetValue(expression)!, parse.GetValue(variables), parse.GetValue(plain));
        if (text != "-")
        {
            return One(language, text, given, isPlain, terminal);
        }

        return given is null
            ? await JsonLines.AnswerAsync(terminal.In, line => language.Evaluate(line, isPlain), """{"error":"The line is too long."}""", terminal, cancellation)
            : terminal.Misused("--vars goes with an expression; a line of standard input carries its own 'vars'.");
    }

    private static int One(IPolicyLanguage language, string text, string? variables, bool isPlain, Terminal terminal)
    {
        var line = new JsonObject { ["expr"] = text };
        try
        {
            line["vars"] = variables is null ? null : JsonNode.Parse(variables, documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return terminal.Misused("--vars is not one JSON object, or has the same member twice.");
        }

        var answer = language.Evaluate(line.ToJsonString(), isPlain);
        using var document = JsonDocument.Parse(answer, new() { MaxDepth = 512 });
        if (document.RootElement.TryGetProperty("error", out var error))
        {
            return terminal.Refuse(error.GetString()!);
        }

        terminal.Out.WriteLine(isPlain ? document.RootElement.GetProperty("value").GetRawText() : answer);
        return ExitCode.Done;
    }
}
