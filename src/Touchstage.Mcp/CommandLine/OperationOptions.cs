using System.CommandLine;
using Touchstage.Mcp.Telemetry;

namespace Touchstage.Mcp.CommandLine;

/// <summary>The options of <c>serve</c> by which an operator follows what the server does.</summary>
internal sealed class OperationOptions
{
    private readonly Option<LogFormat> format = new("--log-format") { Description = "The log's form: text for people, json for machines. Default: text.", HelpName = "text|json" };

    private readonly Option<string?> endpoint = new("--otlp-endpoint")
    {
        Description = $"Where traces and metrics are exported to by OTLP. Default: {ExportSetup.Endpoint}; without either, nowhere.",
        HelpName = "URL",
    };

    public IEnumerable<Option> All => [format, endpoint];

    /// <exception cref="UsageException">What was given cannot be followed.</exception>
    public Operation Read(ParseResult parse, Terminal terminal) =>
        ExportSetup.TryCreate(parse.GetValue(endpoint), terminal.Environment, out var export, out var problem) ? new(parse.GetValue(format), export) : throw new UsageException(problem);
}
