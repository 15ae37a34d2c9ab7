using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Touchstage.Mcp.Imports;

/// <summary>Drafts a capability from an operation.</summary>
internal sealed partial class OperationReader(References references, bool isOfVersion30)
{
    private const int MostTitle = 120;
    private const int MostDescription = 2_000;
    private static readonly string[] Sent = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>The draft; it counts only if nothing stopped it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="names">The names of capabilities that are taken.</param>
    public Draft Read(Operation operation, ISet<string> names)
    {
        var findings = new Findings();
        var arguments = new ArgumentBook();
        var translator = new SchemaTranslator(references, isOfVersion30, SchemaUse.Request, findings);
        var parameters = new ParameterReader(references, translator, arguments, findings);
        var body = new BodyReader(references, translator, arguments, findings);
        if (operation.Body is null)
        {
            findings.Stop("the document holds no mapping there");
        }
        else if (!Sent.Contains(operation.Method, StringComparer.Ordinal))
        {
            findings.Stop($"{operation.Method} is not sent; only {string.Join(", ", Sent)} are");
        }
        else
        {
            parameters.Read(operation);
            body.Read(operation);
            Remark(operation, findings);
        }

        var path = Path(operation.Path, parameters, arguments, findings);
        var output = findings.Stops.Count > 0 ? null : new AnswerReader(references, isOfVersion30, findings).Read(operation);
        var title = Title(operation);
        var input = arguments.ToInput(translator.Definitions);
        return new()
        {
            Method = operation.Method,
            Path = operation.Path,
            OperationId = operation.Id,
            Findings = findings,
            Name = findings.Stops.Count > 0 ? "" : Spelling.Unique(Name(operation), names),
            Group = Spelling.Word(Shapes.Texts(operation.Body, "tags").FirstOrDefault() ?? operation.Path.Split('/').FirstOrDefault(part => part.Length > 0 && part[0] != '{') ?? "", "api"),
            Title = title,
            Description = Description(operation, title, findings),
            Effects = Effects(operation),
            Input = input,
            Output = output,
            Request = Request(operation.Method, path, parameters, body),
            Example = findings.Stops.Count > 0 ? null : ExampleArguments.Of(input, arguments.Examples),
        };
    }

    private static string Name(Operation operation) =>
        operation.Id is { } id && Spelling.Word(id, "") is { Length: > 0 } word ? word : Spelling.Word($"{operation.Method} {operation.Path}", "operation");

    private static string Title(Operation operation)
    {
        var text = Shapes.Text(operation.Body, "summary") is { } summary && !string.IsNullOrWhiteSpace(summary) ? summary : operation.Id ?? $"{operation.Method} {operation.Path}";
        var title = Spelling.Prose(text, MostTitle, out _).Replace('\n', ' ');
        return title.Length > 0 ? title : $"{operation.Method} request";
    }

    private static string Description(Operation operation, string title, Findings findings)
    {
        var text = Shapes.Text(operation.Body, "description") is { } given && !string.IsNullOrWhiteSpace(given) ? given : title;
        var description = Spelling.Prose(text, MostDescription, out var isChanged);
        if (isChanged)
        {
            findings.Note("description", $"The description was cut to {MostDescription} characters, or characters in it that show nothing were taken out.");
        }

        return description.Length > 0 ? description : title;
    }

    // A guess, and the cautious one: only what answers 201 is taken for adding something.
    private static string Effects(Operation operation) =>
        operation.Method is "GET" or "HEAD" ? "readOnly"
        : operation.Method == "POST" && Shapes.Object(operation.Body, "responses")?.ContainsKey("201") is true ? "additive"
        : "destructive";

    private static void Remark(Operation operation, Findings findings)
    {
        if (Shapes.Object(operation.Body, "callbacks") is { Count: > 0 } callbacks)
        {
            findings.Note("callback", $"Callbacks are left out, nothing listens for them: {string.Join(", ", callbacks.Take(10).Select(callback => callback.Key))}.");
        }

        if (Shapes.IsTrue(operation.Body, "deprecated"))
        {
            findings.Note("deprecated", "The document calls this operation deprecated.");
        }

        if (Shapes.Array(operation.Body, "servers") is { Count: > 0 } || Shapes.Array(operation.Item, "servers") is { Count: > 0 })
        {
            findings.Note("server", $"The operation has a server of its own ({Shapes.Text((Shapes.Array(operation.Body, "servers") ?? Shapes.Array(operation.Item, "servers"))![0], "url")}); here it goes where the connection's baseUrl says.");
        }
    }

    private static string Path(string path, ParameterReader parameters, ArgumentBook arguments, Findings findings) => Placeholder().Replace(path, match =>
    {
        var name = match.Groups["name"].Value;
        if (!parameters.InPath.TryGetValue(name, out var argument))
        {
            argument = arguments.Add(name, new JsonObject { ["type"] = "string" }, isRequired: true);
            parameters.InPath.Add(name, argument);
            findings.Note("parameter", $"The path names `{name}`, which is not declared; it is taken for text.");
        }

        return $"{{{argument}}}";
    });

    private static JsonObject Request(string method, string path, ParameterReader parameters, BodyReader body)
    {
        var request = new JsonObject { ["method"] = method, ["path"] = path };
        if (parameters.Query.Count > 0)
        {
            request["query"] = parameters.Query;
        }

        if (parameters.Headers.Count > 0)
        {
            request["headers"] = parameters.Headers;
        }

        if (body.Body is { } mapped)
        {
            request["body"] = mapped;
        }

        if (parameters.IdempotencyHeader is { } header)
        {
            request["idempotency"] = new JsonObject { ["header"] = header, ["window"] = "24h" };
        }

        return request;
    }

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
