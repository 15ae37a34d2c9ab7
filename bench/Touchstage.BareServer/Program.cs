using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;

// What the protocol library alone needs to start: one tool, on standard input and output, with no log.
var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Services
    .AddMcpServer(options => options.ServerInfo = new() { Name = "bare", Version = "1" })
    .WithStdioServerTransport()
    .WithListToolsHandler(static (_, _) => ValueTask.FromResult(new ListToolsResult
    {
        Tools = [new() { Name = "nothing", Description = "Does nothing.", InputSchema = JsonElement.Parse("""{"type":"object","properties":{}}""") }],
    }));
await builder.Build().RunAsync();
