using System.CommandLine;
using Touchstage.Safety.Schemas;

namespace Touchstage.Mcp.CommandLine;

/// <summary>Holds instances against JSON Schemas, one pair a line.</summary>
internal sealed class SchemaValidateVerb() : Verb("schema validate", "Hold JSON values against JSON Schemas.")
{
    private readonly Argument<string> source = new("FILE")
    {
        Description = "JSON lines: schema, instance, and where wanted remotes (schemas by URI). A file, or - for standard input.",
        DefaultValueFactory = _ => "-",
    };

    private readonly Option<bool> input = new("--input") { Description = "Read each schema as that of a capability's input: closed, and nothing in it passed over." };

    protected override IEnumerable<Argument> Arguments => [source];

    protected override IEnumerable<Option> Options => [input];

    protected override async Task<int> RunAsync(ParseResult parse, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = Services(parse, terminal);
        var trials = services.GetRequiredService<ISchemaTrials>();
        var (path, asInput) = (parse.GetValue(source)!, parse.GetValue(input));
        const string TooLong = """{"valid":false,"in":"line","errors":[{"path":"","keyword":"line","message":"The line is too long."}]}""";
        if (path == "-")
        {
            return await JsonLines.AnswerAsync(terminal.In, line => trials.Validate(line, asInput), TooLong, terminal, cancellation);
        }

        var full = Path.Combine(terminal.CurrentDirectory, path);
        if (!File.Exists(full))
        {
            return terminal.Misused($"There is no file {path}.");
        }

        await using var file = File.OpenRead(full);
        return await JsonLines.AnswerAsync(file, line => trials.Validate(line, asInput), TooLong, terminal, cancellation);
    }
}
